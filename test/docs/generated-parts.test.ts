// Documents say what the code says.
import { expect, test } from 'vitest';
import { generatedParts, withPart } from './generated-parts.ts';

test.each(generatedParts)('the part "$mark" of $file is as the code has it (else: npm run docs)', (part) => {
  const { before, after } = withPart(part);
  expect(before).toBe(after);
});
