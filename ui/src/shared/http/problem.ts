/** Tells problems of the API apart by their name, not by their words. */
import type { ProblemDocument, ProblemName } from '../../../../api/contract/problem.ts';
import { ApiError } from './request.ts';

const typePrefix = 'urn:stellwerk:problem:';

export function isProblem(error: unknown, ...names: ProblemName[]): error is ApiError {
  return error instanceof ApiError && names.some((name) => error.problem.type === `${typePrefix}${name}`);
}

/** Who has the task, where the problem says so. */
export function assigneeOf(error: unknown): ProblemDocument['assignee'] {
  return error instanceof ApiError ? error.problem.assignee : undefined;
}
