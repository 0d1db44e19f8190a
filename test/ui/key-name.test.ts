// When a key may act as a short cut.
import { expect, test } from 'vitest';
import { keyName, mayHandle, type KeyPress } from '../../ui/src/shared/keys/key-name.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false, ...held });

test('names keys in lower case, and Ctrl or Cmd with Enter as one', () => {
  expect(keyName(press('Z'))).toBe('z');
  expect(keyName(press('Escape'))).toBe('escape');
  expect(keyName(press('Enter', { ctrlKey: true }))).toBe('ctrl+enter');
  expect(keyName(press('Enter', { metaKey: true }))).toBe('ctrl+enter');
});

test('leaves the short cuts of the browser, composing and held letters alone', () => {
  expect(keyName(press('c', { ctrlKey: true }))).toBeUndefined();
  expect(keyName(press('a', { altKey: true }))).toBeUndefined();
  expect(keyName(press('a', { isComposing: true }))).toBeUndefined();
  expect(keyName(press('2', { repeat: true }))).toBeUndefined();
  expect(keyName(press('ArrowDown', { repeat: true }))).toBe('arrowdown');
});

test('switches single keys off without switching off arrows and Ctrl Enter', () => {
  expect(mayHandle('1', null, false)).toBe(false);
  expect(mayHandle('?', null, false)).toBe(false);
  expect(mayHandle('ctrl+enter', null, false)).toBe(true);
  expect(mayHandle('arrowdown', null, false)).toBe(true);
  expect(mayHandle('1', null, true)).toBe(true);
});
