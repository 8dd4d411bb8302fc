import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A type as the IDL writes it: a name of a number, or what it is made of. */
export type IdlType =
  | string
  | { readonly defined: string }
  | { readonly option: IdlType }
  | { readonly vec: IdlType }
  | { readonly array: readonly [IdlType, number] };

export interface IdlField {
  readonly name: string;
  readonly type: IdlType;
}

const type: z.ZodType<IdlType> = z.lazy(() =>
  z.union([
    z.string(),
    z.object({ defined: z.string() }),
    z.object({ option: type }),
    z.object({ vec: type }),
    z.object({ array: z.tuple([type, z.number()]) }),
  ]),
);
const field = z.object({ name: z.string(), type });
const definition = z.object({
  name: z.string(),
  type: z.union([
    z.object({ kind: z.literal('struct'), fields: z.array(field) }),
    z.object({
      kind: z.literal('enum'),
      variants: z.array(z.object({ name: z.string(), fields: z.array(z.unknown()).optional() })),
    }),
  ]),
});
const idl = z.object({
  instructions: z.array(
    z.object({
      name: z.string(),
      accounts: z.array(z.object({ name: z.string(), isMut: z.boolean(), isSigner: z.boolean() })),
      args: z.array(field),
    }),
  ),
  accounts: z.array(definition),
  types: z.array(definition),
  events: z.array(z.object({ name: z.string(), fields: z.array(field) })),
  errors: z.array(z.object({ name: z.string(), code: z.number() })),
});

export type IdlDefinition = z.infer<typeof definition>;
export type IdlInstruction = z.infer<typeof idl>['instructions'][number];

/** The program as the SDK describes it. */
export const DRIFT_IDL = idl.parse(
  JSON.parse(readFileSync(new URL(import.meta.resolve('@drift-labs/sdk/src/idl/drift.json')), 'utf8')),
);
