/** How a case is called and answered outside: personal data, kept in the vault beside its input. */
import { z } from 'zod';

export const Address = z.strictObject({ businessId: z.string().nullable(), callbackUrl: z.string().nullable() });
export type Address = z.infer<typeof Address>;
