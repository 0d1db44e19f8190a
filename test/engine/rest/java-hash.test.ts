// The hash of incident messages is Java's, to the bit.
import { expect, it } from 'vitest';
import { javaHash } from '../../../engine/rest/search/java-hash.ts';

// As jshell of Java 17 answers for `"…".hashCode()`.
it.each([['', 0], ['no more', 2_051_903_060], ['\u00fcber \ud83d\ude00 many retries left on this', -2_103_719_087]])('of "%s" is %d', (text, hash) => {
  expect(javaHash(text)).toBe(hash);
});
