// The hash under which callers group incidents by their message: that of Java's strings.
import type { DatabaseSync } from 'node:sqlite';

/** 31·h + c over the UTF-16 code units, in 32 bits: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/String.html#hashCode() */
export function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/** Makes `java_hash(text)` known to SQL on this store. */
export function addJavaHash(db: DatabaseSync): void {
  db.function('java_hash', { deterministic: true }, (text) => (typeof text === 'string' ? javaHash(text) : null));
}
