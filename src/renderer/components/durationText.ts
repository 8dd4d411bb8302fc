const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  { ms: DAY, sign: 'd', word: 'day' },
  { ms: HOUR, sign: 'h', word: 'hour' },
  { ms: MINUTE, sign: 'min', word: 'minute' },
  { ms: SECOND, sign: 's', word: 'second' },
] as const;

/** The two largest units that a length of time has, nothing rounded up: 90 061 000 ms is 1 d and 1 h. */
function parts(ms: number): { count: number; sign: string; word: string }[] {
  const whole = Math.max(0, Math.floor(ms / SECOND)) * SECOND;
  const first = UNITS.findIndex((unit) => whole >= unit.ms);
  if (first === -1) return [{ count: 0, sign: 's', word: 'second' }];
  let rest = whole;
  return UNITS.slice(first, first + 2).flatMap(({ ms: unit, sign, word }) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [{ count, sign, word }];
  });
}

/** "3 d 4 h", "12 min 5 s", "0 s". */
export const durationText = (ms: number): string =>
  parts(ms)
    .map(({ count, sign }) => `${count} ${sign}`)
    .join(' ');

/** The same for a screen reader: "3 days 4 hours". */
export const durationWords = (ms: number): string =>
  parts(ms)
    .map(({ count, word }) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(' ');

/** How long ago something was, in its largest unit only: "2 s ago", "3 h ago". A second or less is "just now". */
export function agoText(ms: number): string {
  const [largest] = parts(ms);
  return largest === undefined || ms < 2 * SECOND ? 'just now' : `${largest.count} ${largest.sign} ago`;
}
