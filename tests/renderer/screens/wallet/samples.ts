import type { WalletView } from '../../../../src/shared/contract/commands/walletCommands.ts';

export const MAIN: WalletView = {
  address: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
  name: 'Main',
  kind: 'owner',
  owner: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
  path: "m/44'/501'/0'/0'",
  addedAt: 1_772_438_400_000,
  active: true,
  key: 'plain',
};

export const ENGINE: WalletView = {
  ...MAIN,
  address: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  name: 'Engine',
  kind: 'delegate',
  active: false,
  key: 'protected',
};

export const WATCHED: WalletView = {
  ...MAIN,
  address: 'So11111111111111111111111111111111111111112',
  name: 'Cold storage',
  kind: 'watch',
  owner: 'So11111111111111111111111111111111111111112',
  path: null,
  active: false,
  key: 'none',
};

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 of bytes, by the book: one large number, divided by 58 again and again. */
export function base58Of(bytes: Uint8Array): string {
  let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let digits = '';
  for (; number > 0n; number /= 58n) digits = `${ALPHABET[Number(number % 58n)] ?? ''}${digits}`;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + digits;
}
