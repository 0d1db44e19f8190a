/** Reads JSON out of a column through a schema: a column is a border too. */
import { z } from 'zod';

export function readJson<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  const value: unknown = JSON.parse(text);
  return schema.parse(value);
}

export const Texts = z.array(z.string());
export const Numbers = z.record(z.string(), z.number());
export const AnyObject = z.record(z.string(), z.unknown());
