// Tells contents apart without keeping them.
import { createHash } from 'node:crypto';

/** SHA-256 of the bytes, or of the text in UTF-8, in hexadecimal. */
export const digestOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
