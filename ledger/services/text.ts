/** A text in both languages of the product. */
import { z } from 'zod';

export const Text = z.strictObject({ de: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;
