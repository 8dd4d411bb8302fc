import { textIn, type LogEntry } from '../engine/eventLog.ts';

interface Counts {
  readonly entries: number;
  readonly exits: number;
  readonly trades: number;
  readonly rebalancesUp: number;
  readonly rebalancesDown: number;
  readonly skippedCooldown: number;
  readonly skippedMinimum: number;
  readonly fundingPayments: number;
  readonly settlements: number;
  readonly liquidations: number;
  readonly blocked: Readonly<Record<string, number>>;
}

const NONE: Counts = {
  entries: 0,
  exits: 0,
  trades: 0,
  rebalancesUp: 0,
  rebalancesDown: 0,
  skippedCooldown: 0,
  skippedMinimum: 0,
  fundingPayments: 0,
  settlements: 0,
  liquidations: 0,
  blocked: {},
};

/** Counts what a run did, from the lines of its event log and from nothing else. */
export class EventCounts {
  #counts: Counts = NONE;

  get counts(): Counts {
    return this.#counts;
  }

  hear({ type, data }: LogEntry): void {
    switch (type) {
      case 'FILL':
        this.#add('trades');
        break;
      case 'FUNDING':
        this.#add('fundingPayments');
        break;
      case 'SETTLEMENT':
        this.#add('settlements');
        break;
      case 'COST':
        if (data['kind'] === 'liquidation') this.#add('liquidations');
        break;
      case 'BLOCKED': {
        const code = textIn(data, 'code');
        const { blocked } = this.#counts;
        this.#counts = { ...this.#counts, blocked: { ...blocked, [code]: (blocked[code] ?? 0) + 1 } };
        break;
      }
      case 'DECISION':
        this.#hearDecision(textIn(data, 'action'), data);
        break;
      default:
    }
  }

  save(): Counts {
    return this.#counts;
  }

  restore(state: unknown): void {
    this.#counts = state as Counts;
  }

  #hearDecision(action: string, data: LogEntry['data']): void {
    if (action === 'enter') this.#add('entries');
    else if (action === 'exit') this.#add('exits');
    else if (action === 'rebalanced')
      this.#add(data['direction'] === 'up' ? 'rebalancesUp' : 'rebalancesDown');
    else if (action === 'skip')
      this.#add(data['reason'] === 'cooldown' ? 'skippedCooldown' : 'skippedMinimum');
  }

  #add(what: Exclude<keyof Counts, 'blocked'>): void {
    this.#counts = { ...this.#counts, [what]: this.#counts[what] + 1 };
  }
}
