// Sealed task keys and cursors of the inbox.
import { describe, expect, it } from 'vitest';
import { createInboxSeal } from '../../api/inbox/inbox-seal.ts';

const seal = createInboxSeal('secret');

describe('the inbox seal', () => {
  it('gives a key back, the same text each time, in the shape of the contract', () => {
    const key = '2251799813685661';
    expect(seal.openKey(seal.sealKey(key))).toBe(key);
    expect(seal.sealKey(key)).toBe(seal.sealKey(key));
    expect(seal.sealKey(key)).toMatch(/^[\w-]{22}$/);
  });

  it('keeps order and distance of keys to itself', () => {
    const sealed = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n].map((step) => seal.sealKey(String(2251799813685661n + step)));
    expect(sealed.toSorted()).not.toEqual(sealed);
    expect(new Set(sealed.map((text) => text.slice(0, 6))).size).toBe(sealed.length);
  });

  it('opens nothing that it did not seal: engine keys, other seals, changed texts', () => {
    const changed = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);
    for (const text of ['2251799813685661', '', 'A'.repeat(22), changed(seal.sealKey('7')), createInboxSeal('other').sealKey('7')]) expect(seal.openKey(text)).toBeNull();
    for (const text of ['', 'abc', changed(seal.sealText('cursor')), createInboxSeal('other').sealText('cursor')]) expect(seal.openText(text)).toBeNull();
    expect(seal.openText(seal.sealText('cursor'))).toBe('cursor');
  });
});
