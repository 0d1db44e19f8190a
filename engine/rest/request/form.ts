// Reads a multipart form: files as bytes, other parts as texts.
import type { Problem } from '../answer.ts';
import type { RestRequest } from '../contract.ts';
import { unreadableBody, unsupportedMediaType } from '../problem.ts';

export type UploadedFile = {
  readonly part: string;
  readonly name: string;
  /** Media type of the part; '' when it has none. */
  readonly type: string;
  /** Undefined: sent without a file name, and damaged on the way through a reader of texts. */
  readonly bytes: Uint8Array | undefined;
};

export type UploadedForm = {
  /** Parts of this name in their order, also those without a file name. */
  files(part: string): readonly UploadedFile[];
  /** Parts of this name in their order, also those that came as files. */
  texts(part: string): readonly string[];
};

type Part = UploadedFile & { readonly text: string | undefined };

const NOTHING: UploadedForm = { files: () => [], texts: () => [] };

/** The parts of a multipart body, or why it cannot be read. */
export async function readForm({ headers, body }: RestRequest): Promise<UploadedForm | Problem> {
  const contentType = headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(contentType)) return unsupportedMediaType(contentType);
  if (body === undefined || body.length === 0) return NOTHING;
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch (error) {
    if (error instanceof TypeError) return unreadableBody();
    throw error;
  }
  const parts: Part[] = [];
  for (const [part, value] of form) parts.push(typeof value === 'string' ? partOfText(part, value) : await partOfFile(part, value));
  return {
    files: (name) => parts.filter(({ part }) => part === name),
    texts: (name) => parts.flatMap(({ part, text }) => (part === name && text !== undefined ? [text] : [])),
  };
}

/** Where the reader has put its sign for "no UTF-8", bytes are lost. */
function partOfText(part: string, text: string): Part {
  return { part, name: part, type: '', bytes: text.includes('\ufffd') ? undefined : new TextEncoder().encode(text), text };
}

async function partOfFile(part: string, file: File): Promise<Part> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { part, name: file.name, type: file.type, bytes, text: decodeText(bytes) };
}

/** UTF-8 text, or undefined. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
