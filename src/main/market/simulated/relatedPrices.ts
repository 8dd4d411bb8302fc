import type { Random } from '../../platform/random.ts';

/** Own noise of a minute (standard deviation), and the share of SOL's move that is followed. */
const OWN_NOISE = 0.0003;
const FOLLOWS = { btc: 0.45, eth: 0.7 } as const;
const START = { btc: 60_000, eth: 2_500 } as const;

/** Logarithms of the prices in dollars. */
export interface RelatedState {
  readonly btc: number;
  readonly eth: number;
}

/** BTC and ETH beside SOL: they follow a share of its moves and have noise of their own. */
export class RelatedPrices {
  readonly #random: Random;
  #logBtc = Math.log(START.btc);
  #logEth = Math.log(START.eth);

  constructor(random: Random) {
    this.#random = random;
  }

  /** One more minute, in which SOL's log price changed by `change`. */
  step(change: number): void {
    this.#logBtc += FOLLOWS.btc * change + OWN_NOISE * this.#random.normal();
    this.#logEth += FOLLOWS.eth * change + OWN_NOISE * this.#random.normal();
  }

  save(): RelatedState {
    return { btc: this.#logBtc, eth: this.#logEth };
  }

  restore(state: RelatedState): void {
    this.#logBtc = state.btc;
    this.#logEth = state.eth;
  }
}
