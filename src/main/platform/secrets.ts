/** What stands in a log where a secret stood. */
export const REDACTED = '[redacted]';

/** Names that hold a secret, whatever their value: compared in small letters, without dashes and underscores. */
const SECRET_NAME =
  /secret|private|mnemonic|phrase|passw(?:or)?d|apikey|keypair|signingkey|encryptionkey|masterkey|authorization|credential|cookie|token$/;
/** A seed of random numbers is harmless and short; a seed that makes a wallet is neither. */
const SEED_NAME = /seed/;
const SHORT_SEED = /^\S{0,20}$/;

/** A transaction's signature looks like a secret key, and is the one thing of that look which a log must show. */
const SIGNATURE_NAMES = new Set(['signature', 'transactionSignature']);
const BASE58 = '[1-9A-HJ-NP-Za-km-z]';
const WHOLE_SIGNATURE = new RegExp(`^${BASE58}{64,88}$`);

/** Frequent in sentences, and in no list of words that wallets use: prose is not taken for a phrase. */
const PROSE = '(?:the|and|for|with|from|was|were|are|not|but|has|had|its|than|been|their|which|does|cannot)';
const WORD = `(?!${PROSE}(?![a-z]))[a-z]{3,8}`;
const BETWEEN_WORDS = `[\\s,"'\\\\]{1,12}`;
const NAMED =
  'secret(?:[-_ ]?key)?|private[-_ ]?key|mnemonic|(?:(?:seed|recovery|secret|pass)[-_ ]?)?phrase|passw(?:or)?d|api[-_ ]?key|token';

/**
 * What a secret looks like inside a text. A public key has the look of a 32-byte secret in base58, so that one is
 * known by its name only. What is longer comes first: a rule that took a part would hide the rest from the next one.
 */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g, REDACTED],
  [new RegExp(`(?<![A-Za-z])${WORD}(?:${BETWEEN_WORDS}${WORD}){11,}(?![A-Za-z])`, 'g'), REDACTED],
  [/(?<![\w+/])(?:[\w+/-]{43}=|[\w+/-]{86}==)(?![\w+/=])/g, REDACTED],
  [/[0-9a-fA-F]{64,}/g, REDACTED],
  [new RegExp(`${BASE58}{64,}`, 'g'), REDACTED],
  [/(?<!\d)(?:\d{1,3}\s*,\s*){31,}\d{1,3}(?!\d)/g, REDACTED],
  [/(?:\\?"\d{1,2}\\?"\s*:\s*\d{1,3}\s*,\s*){31,}\\?"\d{1,2}\\?"\s*:\s*\d{1,3}/g, REDACTED],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, REDACTED],
  [/\bBearer\s+(?!\[redacted)[^\s"',;]+/gi, `Bearer ${REDACTED}`],
  [/(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g, `$1${REDACTED}`],
  [
    new RegExp(
      `((?:${NAMED})\\\\?["']?\\s*[=:]\\s*)(?!\\[redacted|\\\\?["']\\[redacted)(?:\\\\?"(?:[^"\\\\]|\\\\.)*"?|'[^']*'?|[^\\s,;&"'}\\])]+)`,
      'gi',
    ),
    `$1${REDACTED}`,
  ],
];

/** Shorter texts have none of these looks, unless one of the telltales stands in them. */
const SHORTEST_LOOK = 44;
const TELLTALE = /[:=]|bearer|eyJ/i;

/** A text without the secrets in it. */
export function redactText(text: string): string {
  if (text.length < SHORTEST_LOOK && !TELLTALE.test(text)) return text;
  let clean = text;
  for (const [look, instead] of LOOKS) clean = clean.replace(look, instead);
  return clean;
}

/** Whether a value has to go because of the name that it stands under. Booleans and nothing are no secret. */
export function isNamedSecret(name: string, held: unknown): boolean {
  if (held === null || held === undefined || typeof held === 'boolean') return false;
  const plain = name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  if (SECRET_NAME.test(plain)) return true;
  if (!SEED_NAME.test(plain)) return false;
  return typeof held === 'string' || typeof held === 'bigint'
    ? !SHORT_SEED.test(String(held))
    : typeof held === 'object';
}

/** Whether a value is a transaction signature, by its name and its look. */
export function isSignature(name: string, held: unknown): held is string {
  return SIGNATURE_NAMES.has(name) && typeof held === 'string' && WHOLE_SIGNATURE.test(held);
}

/** Whether numbers are the bytes of a key: 32 or 64 whole numbers from 0 to 255. */
export function areKeyBytes(held: readonly unknown[]): boolean {
  return (held.length === 32 || held.length === 64) && held.every(isByte);
}

/** Whether a list is a wallet's phrase, word for word: 12, 15, 18, 21 or 24 of them. */
export function areKeyWords(held: readonly unknown[]): boolean {
  return (
    held.length >= 12 &&
    held.length <= 24 &&
    held.length % 3 === 0 &&
    held.every((word) => typeof word === 'string' && /^[a-z]{3,8}$/.test(word))
  );
}

const isByte = (one: unknown): boolean =>
  typeof one === 'number' && Number.isInteger(one) && one >= 0 && one <= 255;
