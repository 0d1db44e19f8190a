// Writes operations.md beside this file; run it after the table of operations has changed.
import { writeFileSync } from 'node:fs';
import { operationsPage } from './operations-page.ts';

writeFileSync(new URL('operations.md', import.meta.url), operationsPage());
