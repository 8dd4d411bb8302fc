import { z } from 'zod';
import { ceremonyEnd } from '../../../shared/contract/ceremony.ts';
import { errorCode } from '../../../shared/contract/errorCodes.ts';
import { walletAddress } from '../../../shared/contract/walletAddress.ts';
import { ceremonyOrder } from '../ceremony/order.ts';
import { keyHeader } from '../keys/keyHeader.ts';
import { signerState } from './signerState.ts';

const bytes = z.custom<Uint8Array>((held) => held instanceof Uint8Array, 'is no bytes');

/** Everything that the program may ask of the signer, and what it answers. Neither holds a secret. */
export const SIGNER_ASKS = {
  /** Whether the keychain works, by a round trip. */
  check: { ask: z.strictObject({}), answer: z.strictObject({}) },
  /** What the keychain has of these wallets; null where it has no key. */
  look: {
    ask: z.strictObject({ addresses: z.array(walletAddress).max(1_000) }),
    answer: z.strictObject({ keys: z.record(walletAddress, keyHeader.nullable()) }),
  },
  /**
   * Which key to stand ready with, locked; with `opens`, a key without a passphrase is unlocked at once. The lock falls
   * again after `idleMs` without a signature, 0 for never, where the key has a passphrase.
   */
  select: {
    ask: z.strictObject({
      address: walletAddress.nullable(),
      opens: z.boolean(),
      idleMs: z.number().nonnegative(),
    }),
    answer: signerState,
  },
  /** Another idle time, counted from now on. */
  idle: { ask: z.strictObject({ idleMs: z.number().nonnegative() }), answer: z.strictObject({}) },
  lock: { ask: z.strictObject({}), answer: signerState },
  /** The computer sleeps or slept: a key with a passphrase is locked. */
  sleep: { ask: z.strictObject({}), answer: signerState },
  /** The message of a transaction; `words` are for the log. */
  sign: {
    ask: z.strictObject({ message: bytes }),
    answer: z.strictObject({ signature: bytes, words: z.array(z.string()) }),
  },
  /** Takes a key out of the keychain. */
  remove: {
    ask: z.strictObject({ address: walletAddress }),
    answer: z.strictObject({ removed: z.boolean() }),
  },
  /** A ceremony at the terminal that the signer shares, or over the port that comes with the message. */
  ceremony: {
    ask: z.strictObject({ order: ceremonyOrder, at: z.enum(['terminal', 'port']) }),
    answer: ceremonyEnd,
  },
} as const;

type Asks = typeof SIGNER_ASKS;
export type AskName = keyof Asks;
export type AskOf<Name extends AskName> = z.infer<Asks[Name]['ask']>;
export type SignerAnswerOf<Name extends AskName> = z.infer<Asks[Name]['answer']>;

const askNames = Object.keys(SIGNER_ASKS) as [AskName, ...AskName[]];

/** From the program. `ask` is checked against the schema of its name. */
export const messageToSigner = z.strictObject({
  id: z.number().int(),
  name: z.enum(askNames),
  ask: z.unknown(),
});
export type MessageToSigner = z.infer<typeof messageToSigner>;

const failure = z.strictObject({
  code: errorCode,
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  retryable: z.boolean(),
});

/** From the signer. */
export const messageFromSigner = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), id: z.number().int(), answer: z.unknown() }),
  z.strictObject({ kind: z.literal('failed'), id: z.number().int(), error: failure }),
  /** Its state has changed, by whatever. */
  z.strictObject({ kind: z.literal('state'), state: signerState }),
  /** A line for the program's log. */
  z.strictObject({ kind: z.literal('log'), level: z.enum(['info', 'warn', 'error']), text: z.string() }),
]);
export type MessageFromSigner = z.infer<typeof messageFromSigner>;
