/** Parsed service versions: they never change once stored, and every case reads one. */
import type { StoredService } from './service.ts';

export type ServiceCache = Map<string, StoredService>;
