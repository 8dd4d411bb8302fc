import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { discriminator } from './driftByHand.ts';

const idl = z.object({
  instructions: z.array(
    z.object({
      name: z.string(),
      accounts: z.array(z.object({ name: z.string() })),
      args: z.array(z.unknown()),
    }),
  ),
});

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What Drift knows, as its SDK describes it: names as in the program's source, and the accounts that are named. */
export const DRIFT_IDL = idl
  .parse(JSON.parse(readFileSync(new URL(import.meta.resolve('@drift-labs/sdk/src/idl/drift.json')), 'utf8')))
  .instructions.map(({ name, accounts, args }) => ({
    name: snake(name),
    accounts: accounts.map((account) => account.name),
    args: args.length,
  }));

/** What an instruction's data asks for. */
export function describedBy(data: Uint8Array): (typeof DRIFT_IDL)[number] {
  const found = DRIFT_IDL.find(({ name }) => discriminator(name).equals(data.subarray(0, 8)));
  if (found === undefined) throw new Error('Drift has no such instruction');
  return found;
}
