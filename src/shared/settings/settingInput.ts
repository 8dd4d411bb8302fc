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
  /** Web addresses with commas between them; none where the text is empty. */
  z.strictObject({ kind: z.literal('addresses'), most: z.number().int().min(1) }),
]);
export type SettingInput = z.infer<typeof settingInput>;
