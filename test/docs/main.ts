// `npm run docs`: writes the generated parts of the documents.
import { writeFileSync } from 'node:fs';
import { generatedParts, withPart } from './generated-parts.ts';

for (const part of generatedParts) {
  const { path, before, after } = withPart(part);
  if (after !== before) writeFileSync(path, after);
}
