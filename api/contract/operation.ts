/** How an operation of the HTTP API is described: plain data from which route, types, client, OpenAPI and tests come. */
import type { z } from 'zod';
import type { ProblemName } from './problem.ts';

/** What a person may be. A subset is named by each operation that people may call. */
export const personRoles = ['expert', 'approver', 'process-owner', 'ml-engineer', 'auditor', 'administrator'] as const;
export type PersonRole = (typeof personRoles)[number];

/**
 * Who may call. `people`: signed in with one of these roles. `keys`: with an API key; `any` means that the handler
 * narrows the answer to what the key may see, `service` that the key's scope must hold the decision service named in
 * the path, `process` likewise for a process, `engine` that the key opens the engine's own API.
 */
export type Access =
  | { kind: 'public' }
  | { kind: 'restricted'; people: readonly PersonRole[]; keys: 'none' | 'any' | 'service' | 'process' | 'engine' };

export type Operation = {
  /** Name in OpenAPI and of the generated client call. */
  id: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** With parameters in braces: `/api/cases/{caseId}`. */
  path: string;
  tag: 'Session' | 'Decision services' | 'Cases' | 'Processes' | 'Inbox' | 'Releases' | 'Models' | 'Health';
  summary: string;
  description?: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Request headers that the operation reads, in lower case. */
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** Media type of the answers; JSON unless said. */
  answers?: string;
  /** Answers by status, problems apart. */
  responses: Readonly<Record<number, z.ZodType>>;
  /** Every problem this operation may answer, beyond those that any call may meet. */
  problems: readonly ProblemName[];
};

/** Keeps the literal types of an operation. */
export function operation<const O extends Operation>(description: O): O {
  return description;
}

/** Replaces `{name}` by values: the address of an operation for a client. */
export function operationPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
