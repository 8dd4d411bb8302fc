import { z } from 'zod';

/** How a setting's text is entered and checked, without the code that uses it. */
export const settingInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    min: z.string(),
    max: z.string(),
    /** Digits after the point at most; 0 takes whole numbers. */
    decimals: z.number().int().min(0),
  }),
  z.strictObject({ kind: z.literal('choice'), choices: z.array(z.string()) }),
]);
export type SettingInput = z.infer<typeof settingInput>;
