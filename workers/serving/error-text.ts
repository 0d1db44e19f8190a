// Reads the error text out of the shapes that model servers answer with.
import { z } from 'zod';
import { parseJson } from '../../ledger/parse-json.ts';

/** KServe and MLServer say `error`; schema violations come as `detail`, a text or a list. */
const ErrorBody = z.object({
  error: z.string().optional(),
  detail: z.union([z.string(), z.array(z.object({ msg: z.string(), loc: z.array(z.union([z.string(), z.number()])).optional() }))]).optional(),
});

const longest = 500;

/** The server's words, shortened; MLServer also answers plain text. */
export function readErrorText(body: string): string {
  const parsed = parseJson(body);
  const shaped = ErrorBody.safeParse(parsed);
  const text = shaped.success ? (shaped.data.error ?? sayDetail(shaped.data.detail)) : null;
  return (text ?? (body.trim() || 'no text')).slice(0, longest);
}

function sayDetail(detail: z.infer<typeof ErrorBody>['detail']): string | null {
  if (detail === undefined) return null;
  if (typeof detail === 'string') return detail;
  return detail.map((item) => (item.loc === undefined ? item.msg : `${item.loc.join('.')}: ${item.msg}`)).join('; ');
}
