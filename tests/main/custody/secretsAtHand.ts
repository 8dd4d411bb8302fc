import { SecretBytes, type SecretKind } from '../../../src/main/custody/secretBytes.ts';

/** The first of BIP-39's published phrases. Everybody has its keys. */
export const ABANDON = `${'abandon '.repeat(11)}about`;

export const typed = (text: string): Uint8Array => Buffer.from(text, 'utf8');

export const secretFrom = <Kind extends SecretKind>(kind: Kind, bytes: Uint8Array): SecretBytes<Kind> =>
  new SecretBytes(kind, bytes.length, (room) => room.set(bytes));

export const secretFromHex = <Kind extends SecretKind>(kind: Kind, hex: string): SecretBytes<Kind> =>
  secretFrom(kind, Buffer.from(hex, 'hex'));

/** A copy of what a secret holds, which only a test may make. */
export const hexOf = (secret: SecretBytes<SecretKind>): string =>
  secret.use((bytes) => Buffer.from(bytes).toString('hex'));
export const textOf = (secret: SecretBytes<SecretKind>): string =>
  secret.use((bytes) => Buffer.from(bytes).toString('utf8'));

/** What a call throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('it threw nothing');
}
