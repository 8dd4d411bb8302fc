import fc from 'fast-check';

/** Words that wallets make their phrases of. Public knowledge: a handful of BIP-39's English list. */
const WORDS = [
  'abandon',
  'ability',
  'able',
  'about',
  'above',
  'absent',
  'absorb',
  'abstract',
  'absurd',
  'abuse',
  'access',
  'zoo',
  'that',
  'this',
  'they',
  'have',
  'will',
  'you',
  'very',
  'because',
  'between',
  'error',
  'token',
  'secret',
  'phrase',
  'seed',
  'private',
  'vault',
  'margin',
  'market',
  'health',
  'order',
  'trade',
  'limit',
  'price',
  'wrong',
] as const;
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'.split('');
const HEX = '0123456789abcdefABCDEF'.split('');

/** A secret in the form that somebody may log by mistake. */
export interface Secret {
  readonly secret: string;
  /** What must not be found in a log. */
  readonly parts: readonly string[];
}

const whole = (secret: string): Secret => ({ secret, parts: [secret] });

export const phrases: fc.Arbitrary<string> = fc
  .constantFrom(12, 24)
  .chain((length) => fc.array(fc.constantFrom(...WORDS), { minLength: length, maxLength: length }))
  .map((words) => words.join(' '));

const bytes = fc
  .constantFrom(32, 64)
  .chain((length) => fc.array(fc.nat({ max: 255 }), { minLength: length, maxLength: length }));

const characters = (from: readonly string[], minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...from), { minLength, maxLength }).map((list) => list.join(''));

export const secrets: fc.Arbitrary<Secret> = fc.oneof(
  characters(BASE58, 64, 90).map(whole),
  characters(HEX, 64, 64).map(whole),
  characters(HEX, 128, 128).map((hex) => ({ secret: `0x${hex}`, parts: [hex, hex.slice(0, 64)] })),
  bytes.map((list) => whole(JSON.stringify(list))),
  bytes.map((list) => ({
    secret: JSON.stringify(list, null, 1),
    parts: [list.join(','), list.join(',\\n ')],
  })),
  phrases.map((phrase) => {
    const half = phrase.split(' ').slice(3, 9);
    return { secret: phrase, parts: [half.join(' '), half.join('","'), half.join('\\",\\"')] };
  }),
);

/** What else can carry a secret: text around it, lists, objects, maps, errors, JSON in a text, odd objects. */
type Wrap = (held: unknown) => unknown;
const wraps: fc.Arbitrary<Wrap> = fc.oneof(
  fc.string().map((name): Wrap => (held) => ({ [name]: held })),
  fc.constantFrom<Wrap>(
    (held) => [1, held, 'x'],
    (held) => ({ first: 'x', held, last: null }),
    (held) => new Map([['held', held]]),
    (held) => new Set([held]),
    (held) => ({ toJSON: () => held }),
    (held) => Object.assign(new Error('inner'), { details: held }),
    (held) => new Error('outer', { cause: held }),
    (held) => new AggregateError([held], 'several'),
    (held) => (typeof held === 'string' ? `{"a":${JSON.stringify(held)}}` : held),
    (held) => (typeof held === 'string' ? `key: (${held}).` : held),
    (held) => (typeof held === 'string' ? new Error(`got "${held}"`) : held),
    // oxlint-disable-next-line no-new-wrappers -- what a careless caller may hand over
    (held) => (typeof held === 'string' ? new String(held) : held),
    (held) => {
      const circle: Record<string, unknown> = { held };
      circle['circle'] = circle;
      return circle;
    },
  ),
);

/** Puts a secret somewhere into a nest: as a value, deep inside, and where it is bytes or words as a list of them. */
export const planted: fc.Arbitrary<(secret: string) => Record<string, unknown>> = fc
  .tuple(fc.array(wraps, { maxLength: 6 }), fc.boolean())
  .map(([around, asList]) => (secret) => {
    const held: unknown = asList ? listOf(secret) : secret;
    return { nest: around.reduce((inner, wrap) => wrap(inner), held) };
  });

function listOf(secret: string): unknown {
  if (secret.startsWith('[')) return JSON.parse(secret);
  return secret.includes(' ') ? secret.split(' ') : secret;
}
