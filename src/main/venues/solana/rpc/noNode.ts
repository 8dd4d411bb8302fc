import { AppError } from '../../../../shared/contract/appError.ts';
import type { Endpoint } from './endpoint.ts';
import type { FaultKind } from './nodeFault.ts';

/** What one node said instead of an answer. */
export interface Saying {
  readonly node: string;
  readonly kind: FaultKind;
  readonly said: string;
  readonly waitMs: number;
}

/** No node answered. Within the pool it is asked again; what comes out says more ({@link NoNode.outcome}). */
export class NoNode extends AppError {
  readonly #sayings: readonly Saying[];

  constructor(sayings: readonly Saying[]) {
    super('VENUE_UNAVAILABLE', 'No Solana node answers.', { nodes: listOf(sayings) }, { retryable: true });
    this.#sayings = sayings;
  }

  /** RATE_LIMITED where all of our network only ask to wait. */
  outcome(): AppError {
    const ours = this.#sayings.filter(({ kind }) => kind !== 'wrongNetwork');
    if (ours.some(({ kind }) => kind !== 'limited')) return this;
    const waitMs = Math.min(...ours.map((saying) => saying.waitMs));
    return new AppError(
      'RATE_LIMITED',
      `Every Solana node asks us to wait. Ask again in ${Math.max(1, Math.ceil(waitMs / 1_000))} s.`,
      { nodes: listOf(this.#sayings), waitMs },
      { retryable: true },
    );
  }
}

export function wrongNetwork(nodes: readonly string[]): AppError {
  return new AppError(
    'WRONG_NETWORK',
    'The Solana nodes in the settings belong to another network than the one that is traded on. Nothing was sent.',
    { nodes: nodes.join('; ') },
  );
}

/** Of a node that wasn't asked at all. */
export function passedOver({ name, state, waitMs }: Endpoint): Saying {
  return state === 'wrongNetwork'
    ? { node: name, kind: 'wrongNetwork', said: 'it belongs to another network', waitMs: 0 }
    : { node: name, kind: 'limited', said: `asked to wait for ${Math.ceil(waitMs / 1_000)} s`, waitMs };
}

const listOf = (sayings: readonly Saying[]): string =>
  sayings.map(({ node, said }) => `${node}: ${said}`).join('; ');
