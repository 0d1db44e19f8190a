// Reads a request's body: JSON, or nothing at all.
import type { Problem } from '../answer.ts';
import type { RestRequest } from '../contract.ts';
import { unreadableBody, unsupportedMediaType } from '../problem.ts';
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
