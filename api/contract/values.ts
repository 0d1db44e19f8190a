/** Values that several resources share. */
import { z } from 'zod';

/** A moment as ISO 8601 in UTC with milliseconds. */
export const Moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'must be a moment in UTC with milliseconds, for instance 2026-11-20T09:00:00.000Z')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a day and time that exist')
  .meta({ format: 'date-time' });

/** A text in both languages of the product. */
export const Text = z.strictObject({ de: z.string(), en: z.string() }).meta({ id: 'Text' });
export type Text = z.infer<typeof Text>;

/** A key of the engine: a 64-bit number, written as a string. */
export const EngineKey = z.string().regex(/^\d{1,19}$/, 'must be a key of the engine: up to 19 digits');

export const Cursor = z.string().min(1).max(2000).meta({ description: '`nextCursor` of the page before.' });

export const PageLimit = z.coerce.number().int().min(1).max(200).default(50);

/** Seconds that the caller is willing to wait. */
export const WaitSeconds = z.coerce.number().int().min(0).max(60);

/** One preference `wait=N`, its number in the first group. */
export const waitPreference = /^\s*wait\s*=\s*"?(\d+)"?\s*(?:;.*)?$/i;

/** `Prefer: wait=N` (RFC 7240), N in seconds from 0 to 60; other preferences are ignored as the RFC says. */
export const Prefer = z
  .string()
  .max(200)
  .refine((text) => text.split(',').every((one) => !/^\s*wait\b(?!-)/i.test(one) || waitPreference.test(one)), 'must say how many seconds to wait as a whole number, for instance wait=10');

/** Why a case went to people. */
export const ReasonCode = z
  .enum(['PILOT', 'AUDIT_SAMPLE', 'LOW_CONFIDENCE', 'ANOMALY', 'BUSINESS_RULE', 'NO_RELEASE', 'RELEASE_EXPIRED', 'STOPPED', 'OBJECTION', 'MODEL_UNAVAILABLE', 'MODEL_ERROR'])
  .meta({ id: 'ReasonCode' });
export type ReasonCode = z.infer<typeof ReasonCode>;

export const NoContent = z.undefined();
