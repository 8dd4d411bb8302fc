import { base58Decode, base58Encode } from '../../../../src/main/custody/base58.ts';

export const base58Text = (bytes: Uint8Array): string => Buffer.from(base58Encode(bytes)).toString('ascii');

/** Undefined where a character is no base58 digit. */
export const base58Bytes = (text: string): Uint8Array | undefined => base58Decode(Buffer.from(text, 'ascii'));
