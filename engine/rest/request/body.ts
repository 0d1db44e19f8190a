// Reads a request's body: JSON, nothing at all, or the files of a multipart form.
import type { Problem } from '../answer.ts';
import type { RestRequest } from '../contract.ts';
import { invalidArgument, missingField, unreadableBody, unsupportedMediaType } from '../problem.ts';
import { nestsTooDeep } from './nests-too-deep.ts';

/** The JSON value of a body; undefined when there is none, whatever content type came with it. */
export function readJson({ headers, body }: RestRequest): { readonly value: unknown } | Problem {
  if (body === undefined || body.length === 0) return { value: undefined };
  const contentType = headers['content-type'] ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType)) return unsupportedMediaType(contentType);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return nestsTooDeep(text) ? unreadableBody() : { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return unreadableBody();
    throw error;
  }
}

export type UploadedForm = {
  readonly files: readonly { readonly part: string; readonly name: string; readonly content: string }[];
  readonly texts: ReadonlyMap<string, string>;
};

/** Files (as UTF-8 text) and text parts of a multipart body. */
export async function readForm({ headers, body }: RestRequest): Promise<UploadedForm | Problem> {
  const contentType = headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(contentType)) return unsupportedMediaType(contentType);
  if (body === undefined || body.length === 0) return missingField('resources');
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch (error) {
    if (error instanceof TypeError) return unreadableBody();
    throw error;
  }
  const files: { part: string; name: string; content: string }[] = [];
  const texts = new Map<string, string>();
  for (const [part, value] of form) {
    if (typeof value === 'string') {
      texts.set(part, value);
      continue;
    }
    const content = decodeText(await value.arrayBuffer());
    if (content === undefined) return invalidArgument(`Expected the resource '${value.name}' to be UTF-8 text, but it holds other bytes; save it as UTF-8 and deploy it again`);
    files.push({ part, name: value.name, content });
  }
  return { files, texts };
}

function decodeText(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
