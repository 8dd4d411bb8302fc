import type { Endpoint, EndpointState } from './endpoint.ts';

/** Lower is asked first. One that was limited has had its rest when it comes to this. */
const RANK: Readonly<Record<Exclude<EndpointState, 'wrongNetwork'>, number>> = {
  healthy: 0,
  unasked: 1,
  limited: 2,
  behind: 3,
  failing: 4,
};
/** What another has to be faster by, before the one in use is left for it: both, so that the choice doesn't flap. */
const FASTER_FACTOR = 2;
const FASTER_MS = 100;

/**
 * The endpoints that may be asked now, in the order in which to ask them: by state, then by latency, and the one in use
 * first among its like. Whoever is of another network, or asked to be left alone, isn't among them.
 */
export function inOrder(endpoints: readonly Endpoint[], inUse: Endpoint | undefined): readonly Endpoint[] {
  const open = endpoints.filter(({ state, waitMs }) => state !== 'wrongNetwork' && waitMs === 0);
  const sorted = open.toSorted((a, b) => rankOf(a) - rankOf(b) || latencyOf(a) - latencyOf(b));
  const [best] = sorted;
  if (inUse === undefined || best === undefined || !open.includes(inUse) || rankOf(best) < rankOf(inUse))
    return sorted;
  if (isClearlyFaster(best, inUse)) return sorted;
  return [inUse, ...sorted.filter((endpoint) => endpoint !== inUse)];
}

const rankOf = ({ state }: Endpoint): number => (state === 'wrongNetwork' ? Infinity : RANK[state]);

/** What was never measured comes after what was. */
const latencyOf = ({ latencyMs }: Endpoint): number => latencyMs ?? Number.MAX_SAFE_INTEGER;

function isClearlyFaster(other: Endpoint, inUse: Endpoint): boolean {
  const [theirs, ours] = [latencyOf(other), latencyOf(inUse)];
  return ours - theirs > FASTER_MS && ours > theirs * FASTER_FACTOR;
}
