import { checkOf, failed, ok, warning, type CheckResult } from './check.ts';
import type { LiveFacts, RpcFacts } from './facts.ts';

/**
 * How far the computer's clock may lie from the newest block without a word: a block's time is a whole second that
 * validators agree on, and it is a second or two old when it is seen.
 */
const CLOCK_FINE_MS = 5_000;
/** An answer that took more of what is allowed is slow, though not too slow. */
const SLOW_SHARE = 0.8;

/** From what the chain answers when it is asked to trade, and not from a date. */
export const venueCheck = ({ venue }: LiveFacts): CheckResult =>
  checkOf(venue, 'Whether the venue trades', (found) => {
    switch (found.kind) {
      case 'open':
        return ok('The venue is open for trading.');
      case 'closed':
        return failed(
          'VENUE_CLOSED',
          `The venue is closed: the chain refuses its trades. It answers: ${found.answer}`,
          'Nothing can be traded there any more. Choose another venue.',
        );
      case 'paused':
        return failed(
          'VENUE_CLOSED',
          `The venue has paused trading. It answers: ${found.answer}`,
          'Wait until the venue goes on, then check again.',
        );
    }
  });

/** To those who only watch, a venue that doesn't trade is a warning. */
export function watchedVenueCheck(facts: LiveFacts): CheckResult {
  const found = venueCheck(facts);
  return found.state === 'ok' ? found : { ...found, state: 'warning', code: null };
}

export const latencyCheck = ({ latencyMs, settings: { maxLatencyMs } }: LiveFacts): CheckResult =>
  checkOf(latencyMs, 'How fast the venue answers', (took) => {
    const says = `The venue answers in ${Math.round(took)} ms; ${maxLatencyMs} ms are allowed.`;
    const todo = 'Use a faster RPC endpoint or a better connection.';
    // What can't be a duration is no proof of speed.
    if (!(took >= 0 && took <= maxLatencyMs)) return failed('LATENCY_TOO_HIGH', says, todo);
    return took > maxLatencyMs * SLOW_SHARE ? warning(says, todo) : ok(says);
  });

export const rpcCheck = ({ rpc }: LiveFacts): CheckResult =>
  checkOf(rpc, 'The RPC endpoints', (found) => {
    const { chain, isTest, genesis, endpoints } = found;
    const wrong = endpoints.filter((one) => one.genesis !== null && one.genesis !== genesis);
    if (wrong.length > 0)
      return failed(
        'VENUE_UNAVAILABLE',
        `Not of ${chain}, but of another chain: ${namesOf(wrong)}.`,
        'Take these endpoints out of the settings.',
      );
    const healthy = endpoints.filter((one) => one.isHealthy && one.genesis !== null);
    const says = `${healthy.length} of ${endpoints.length} RPC endpoints of ${chain} work${isTest ? '; nothing there is worth anything' : ''}.`;
    if (healthy.length === 0) return failed('VENUE_UNAVAILABLE', says, 'Add an RPC endpoint that works.');
    if (healthy.length < endpoints.length)
      return warning(
        `${says} Not now: ${namesOf(endpoints.filter((one) => !healthy.includes(one)))}.`,
        'Look at the endpoints that do not work, or replace them.',
      );
    return endpoints.length === 1 ? warning(says, 'Add a second one to fall back on.') : ok(says);
  });

/**
 * The computer's clock against the chain's. A clock that is slow makes old prices look fresh by as much, so it fails
 * beyond half of the age at which a price counts as stale. A chain that stands still looks the same from here.
 */
export const clockCheck = ({ clock, settings: { oracleMaxAgeMs } }: LiveFacts): CheckResult =>
  checkOf(clock, 'The time', ({ computer, block }) => {
    const apart = Math.abs(computer - block);
    const way = computer >= block ? 'ahead of' : 'behind';
    const says = `The computer's clock is ${(apart / 1_000).toFixed(1)} s ${way} the newest block.`;
    if (apart <= CLOCK_FINE_MS) return ok(says);
    const todo = "Set the computer's clock by the network. If it is right, the chain is late: wait.";
    const isFar = !(apart <= oracleMaxAgeMs / 2);
    return isFar ? failed('CLOCK_WRONG', says, todo) : warning(says, todo);
  });

const namesOf = (endpoints: RpcFacts['endpoints']): string => endpoints.map(({ name }) => name).join(', ');
