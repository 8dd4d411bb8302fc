import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { base58Size, foreignTo58 } from './base58Size.ts';

const ADDRESS_BYTES = 32;
const SECRET_KEY_BYTES = 64;
/** The longest text of 32 bytes. */
const LONGEST = 44;
/** The shortest recovery phrase has 12 words; fewer may be a part of one. */
const WORDS_OF_A_PHRASE = 6;
/** As addresses are grouped to be read. */
const GROUP = 4;
/** So much of each end is what people compare, and what forgers imitate. */
const COMPARED = 4;

/** An address as it is meant: without the spaces, line breaks and unseen characters that come along when it is pasted. */
export const tidiedAddress = (text: string): string => text.replaceAll(/[\s\p{Cf}]/gu, '');

/** Whether a text looks like what must never stand on a page: a recovery phrase, a secret key, a keypair file. */
export function looksSecret(text: string): boolean {
  const parts = text.trim().split(/\s+/);
  const whole = tidiedAddress(text);
  const size = base58Size(whole) ?? 0;
  if (size === ADDRESS_BYTES && parts.every(({ length }) => length <= GROUP || parts.length === 1))
    return false;
  if (text.includes('[') || /(?:\d+\s*,\s*){8}/.test(text)) return true;
  if (parts.filter((part) => /^[a-z]{3,8}$/i.test(part)).length >= WORDS_OF_A_PHRASE) return true;
  return /^(?:0x)?[0-9a-f]{64,}$/i.test(whole) || size >= SECRET_KEY_BYTES;
}

/** What is wrong with an address before the program is asked, in words; null where nothing is. */
export function addressProblem(text: string, wallets: readonly WalletView[]): string | null {
  const address = tidiedAddress(text);
  if (address === '') return 'Paste the whole address.';
  const foreign = foreignTo58(address);
  if (foreign !== undefined)
    return `No address has “${foreign}” in it: it is made of letters and digits without 0, O, I and l.`;
  const bytes = base58Size(address) ?? 0;
  if (bytes < ADDRESS_BYTES) return 'This is too short for an address: some of it is missing.';
  if (bytes > ADDRESS_BYTES || address.length > LONGEST) return 'This is too long for an address.';
  const known = wallets.find((wallet) => wallet.address === address);
  return known === undefined ? null : `This is ${known.name}, which is here already.`;
}

/** A known wallet that begins and ends like an address without being it, as forged addresses do. */
export function lookalike(text: string, wallets: readonly WalletView[]): WalletView | undefined {
  const address = tidiedAddress(text);
  const ends = (one: string): string => one.slice(0, COMPARED) + one.slice(-COMPARED);
  return wallets.find((wallet) => wallet.address !== address && ends(wallet.address) === ends(address));
}
