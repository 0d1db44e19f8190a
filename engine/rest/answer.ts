// The answers an operation can give, problems included, and how each goes on the wire.
import type { RestResponse } from './contract.ts';

/** A refusal in the words of RFC 9457; `instance` is added on the way out. */
export type Problem = { readonly kind: 'problem'; readonly status: number; readonly title: string; readonly detail: string };

export type Answer =
  | { readonly kind: 'json'; readonly status: 200 | 201; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly status: 200; readonly contentType: string; readonly content: Uint8Array; readonly fileName: string }
  | { readonly kind: 'text'; readonly status: 200; readonly contentType: string; readonly text: string }
  | { readonly kind: 'empty'; readonly status: 200 | 204; readonly contentType?: string }
  | Problem;

/** 200 with a JSON body. */
export function json(value: unknown): Answer {
  return { kind: 'json', status: 200, value };
}

/** 201 with a JSON body. */
export function created(value: unknown): Answer {
  return { kind: 'json', status: 201, value };
}

/** 200 with a file that somebody has uploaded. */
export function bytes(contentType: string, content: Uint8Array, fileName: string): Answer {
  return { kind: 'bytes', status: 200, contentType, content, fileName };
}

/** 200 with a document, XML or a resource as it was deployed. */
export function text(contentType: string, content: string): Answer {
  return { kind: 'text', status: 200, contentType, text: content };
}

/** 204: it is done and there is nothing to say. */
export const noContent: Answer = { kind: 'empty', status: 204 };

/** 204 where a JSON answer could have stood: named so, clients make an empty object of it, else they fail on null. */
export const noJson: Answer = { kind: 'empty', status: 204, contentType: 'application/json' };

/** 200 without a body, where level 8.8 asks for exactly that. */
export const emptyOk: Answer = { kind: 'empty', status: 200 };

/** Tells a refusal from anything that a parser or a check returns otherwise. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'problem';
}

/** The answer as status, headers and body; `path` becomes a problem's `instance`. */
export function toResponse(answer: Answer, path: string): RestResponse {
  switch (answer.kind) {
    case 'json':
      return { status: answer.status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer.value) };
    case 'bytes':
      // Whatever it claims to be, a browser saves it and runs nothing of it.
      return {
        status: answer.status, body: answer.content,
        headers: { 'content-type': answer.contentType, 'content-disposition': `attachment; filename*=UTF-8''${encodeRfc5987(answer.fileName)}`, 'x-content-type-options': 'nosniff' },
      };
    case 'text':
      return { status: answer.status, headers: { 'content-type': answer.contentType }, body: answer.text };
    case 'empty':
      return { status: answer.status, headers: answer.contentType === undefined ? {} : { 'content-type': answer.contentType }, body: undefined };
    case 'problem': {
      const { status, title, detail } = answer;
      const instance = `/v2${path.split('?', 1)[0] ?? ''}`;
      return {
        status,
        headers: { 'content-type': 'application/problem+json' },
        body: JSON.stringify({ type: 'about:blank', title, status, detail, instance }),
      };
    }
    default:
      return answer satisfies never;
  }
}

/** A file name in a header: https://www.rfc-editor.org/rfc/rfc5987#section-3.2; half a surrogate pair has no bytes. */
function encodeRfc5987(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
