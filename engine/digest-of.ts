// Tells texts apart without keeping them.
import { createHash } from 'node:crypto';

/** SHA-256 of the text in UTF-8, in hexadecimal. */
export const digestOf = (content: string): string => createHash('sha256').update(content).digest('hex');
