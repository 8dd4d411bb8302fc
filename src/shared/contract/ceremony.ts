import { z } from 'zod';
import { errorCode } from './errorCodes.ts';
import { walletAddress } from './walletAddress.ts';

/**
 * What happens with a secret, step by step, between the signer and whoever sits before it: in a window that does nothing
 * else, or on the terminal. The steps pass from one to the other directly; the program between them never sees one.
 */
export const ceremonyTask = z.discriminatedUnion('kind', [
  /** A new wallet; with `delegateOf`, one that trades for another's account. */
  z.strictObject({ kind: z.literal('create'), delegateOf: walletAddress.optional() }),
  /** A wallet from elsewhere: by recovery phrase, secret key or keypair file. */
  z.strictObject({ kind: z.literal('import'), delegateOf: walletAddress.optional() }),
  z.strictObject({ kind: z.literal('unlock'), address: walletAddress }),
  /** Sets, changes or takes away the passphrase. */
  z.strictObject({ kind: z.literal('passphrase'), address: walletAddress }),
]);
export type CeremonyTask = z.infer<typeof ceremonyTask>;

/** A wallet that a phrase has, for its owner to recognise. */
const place = z.strictObject({
  path: z.string(),
  address: walletAddress,
  /** It is one of the program's wallets already, with its key. */
  stored: z.boolean(),
});

const bytes = z.custom<Uint8Array>((held) => held instanceof Uint8Array, 'is no bytes');
/** Why the last answer was not taken, in words. */
const problem = z.string().optional();

/** Every step: what is asked, and what an answer is. Bytes are UTF-8, and zeroed by whoever has taken them. */
export const CEREMONY_STEPS = {
  name: { step: z.strictObject({ suggested: z.string(), problem }), answer: z.string().max(200) },
  /** Whose account a delegate may trade for: seen before there is a key that may. */
  confirmOwner: {
    step: z.strictObject({ owner: walletAddress, name: z.string() }),
    answer: z.null(),
  },
  words: { step: z.strictObject({}), answer: z.union([z.literal(12), z.literal(24)]) },
  /** Shown once. */
  showPhrase: { step: z.strictObject({ phrase: bytes }), answer: z.null() },
  confirmWord: {
    /** The `done`th of `total` words that are asked for; positions count from 1. */
    step: z.strictObject({
      position: z.number().int(),
      of: z.number().int(),
      done: z.number().int(),
      total: z.number().int(),
      problem,
    }),
    /** Null: shows the phrase again. */
    answer: bytes.nullable(),
  },
  source: { step: z.strictObject({}), answer: z.enum(['phrase', 'secretKey', 'file']) },
  enterPhrase: { step: z.strictObject({ problem }), answer: bytes },
  enterSecretKey: { step: z.strictObject({ problem }), answer: bytes },
  /** The content of a keypair file. */
  enterFile: { step: z.strictObject({ problem }), answer: bytes },
  /** By number in the list, from 0. */
  choosePlace: {
    step: z.strictObject({ places: z.array(place), problem }),
    answer: z.number().int().nonnegative(),
  },
  /** Null: none, the keychain alone protects the key. */
  newPassphrase: {
    step: z.strictObject({ shortest: z.number().int(), had: z.boolean(), problem }),
    answer: z.strictObject({ passphrase: bytes, repeated: bytes }).nullable(),
  },
  passphrase: {
    step: z.strictObject({
      address: walletAddress,
      name: z.string().optional(),
      /** What it is asked for. */
      purpose: z.enum(['unlock', 'change', 'export']),
      problem,
      /** How long the next try has to wait. */
      waitMs: z.number().nonnegative().optional(),
    }),
    answer: bytes,
  },
  /** Terminal only. */
  confirmExport: {
    step: z.strictObject({ address: walletAddress, word: z.string() }),
    answer: z.string().max(200),
  },
  /** Terminal only. Shown once. */
  showSecretKey: { step: z.strictObject({ secretKey: bytes }), answer: z.null() },
} as const;

type Steps = typeof CEREMONY_STEPS;
export type StepName = keyof Steps;
export type StepOf<Name extends StepName> = z.infer<Steps[Name]['step']>;
export type AnswerOf<Name extends StepName> = z.infer<Steps[Name]['answer']>;

/** How a ceremony ended. Nothing of it is secret. */
export const ceremonyEnd = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stored'),
    address: walletAddress,
    name: z.string(),
    role: z.enum(['owner', 'delegate']),
    /** Whose account it trades: its own, unless it is a delegate. */
    owner: walletAddress,
    /** Where in a phrase it stands; null for a key without a phrase. */
    path: z.string().nullable(),
    hasPassphrase: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('unlocked'), address: walletAddress }),
  z.strictObject({ kind: z.literal('passphrase'), address: walletAddress, hasPassphrase: z.boolean() }),
  z.strictObject({ kind: z.literal('exported'), address: walletAddress }),
]);
export type CeremonyEnd = z.infer<typeof ceremonyEnd>;

const stepNames = Object.keys(CEREMONY_STEPS) as [StepName, ...StepName[]];

/** From the signer to the window. `step` is checked against its own schema by whoever shows it. */
export const messageToWindow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('step'), name: z.enum(stepNames), step: z.unknown() }),
  z.strictObject({ kind: z.literal('end'), end: ceremonyEnd }),
  z.strictObject({ kind: z.literal('failed'), code: errorCode, message: z.string() }),
]);
export type MessageToWindow = z.infer<typeof messageToWindow>;

/** From the window to the signer. */
export const messageFromWindow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), name: z.enum(stepNames), answer: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel') }),
]);
export type MessageFromWindow = z.infer<typeof messageFromWindow>;
