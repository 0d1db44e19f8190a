// The body of `POST /v2/repository/index`: none, or whether only loaded models are wanted.
import { z } from 'zod';
import { schemaIssues } from './serving-error.ts';

const IndexRequest = z.object({ ready: z.boolean().nullish() });

/** Throws `ServingError` where the body is none of the two. */
export function readIndexRequest(body: unknown): z.infer<typeof IndexRequest> {
  const parsed = IndexRequest.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw schemaIssues(parsed.error.issues.map((issue) => ({ type: 'bool_type', msg: issue.message, loc: ['body', 'RepositoryIndexRequest', ...issue.path.map(String)] })));
}
