/** What the bench is asked on its command line. */
import { parseArgs } from 'node:util';

export type Asked = { readonly short: boolean; readonly write: boolean; readonly only: readonly string[]; readonly minutes: number | undefined; readonly perSecond: readonly number[] };

/** Throws a sentence for the caller where a part is unknown or an option is not one. */
export function readArguments(given: readonly string[], names: readonly string[]): Asked {
  const { values } = parseArgs({ args: [...given], options: { short: { type: 'boolean', default: false }, write: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] }, minutes: { type: 'string' }, 'per-second': { type: 'string', default: '50,200' } } });
  const only = values.only.flatMap((one) => one.split(','));
  const unknown = only.find((one) => !names.includes(one));
  if (unknown !== undefined) throw new Error(`--only takes ${names.join(', ')} (several with commas between them); "${unknown}" is none of them.`);
  if (values.short && values.write) throw new Error('--write is for the full run: figures of the short form are no figures to publish. Leave --short out.');
  const minutes = values.minutes === undefined ? undefined : positive('--minutes', values.minutes);
  const perSecond = values['per-second'].split(',').map((rate) => positive('--per-second', rate));
  return { minutes, perSecond, short: values.short, write: values.write, only: only.length === 0 ? names : names.filter((name) => only.includes(name)) };
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`${option} takes a number above 0; "${text}" is none.`);
  return number;
}
