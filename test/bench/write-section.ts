/** Puts generated text into its place in a document: between `<!-- NAME:begin … -->` and `<!-- NAME:end -->`. */

/** The document with that place filled anew. Throws where it has no such place. */
export function withSection(document: string, name: string, text: string): string {
  const begin = new RegExp(`<!-- ${name}:begin [^>]*-->\n`).exec(document);
  const end = document.indexOf(`<!-- ${name}:end -->`);
  if (begin === null || end < begin.index) throw new Error(`The document has no place named "${name}": give it the lines "<!-- ${name}:begin (npm run bench -- --write) -->" and "<!-- ${name}:end -->".`);
  return `${document.slice(0, begin.index + begin[0].length)}${text.trim()}\n${document.slice(end)}`;
}
