import { AppError } from '../../shared/contract/appError.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import type { Holdings } from '../domain/accountChange.ts';
import { equityWithWallet } from '../domain/books.ts';
import { formatBase, formatUsd } from '../../shared/money/decimal.ts';
import type { Value } from '../../shared/money/quantity.ts';
import { Engine } from '../engine/engine.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import type { PolicySettings } from '../engine/policy.ts';
import { Vault } from '../engine/vault.ts';
import type { FundingSample } from '../domain/funding.ts';
import { HOUR_MS } from '../domain/funding.ts';
import { FundingHistory } from '../market/fundingHistory.ts';
import type { Feed, FundingPrint } from '../market/feed.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { checkWithdrawal } from '../risk/withdrawal.ts';
import type { VaultStore } from '../storage/vaultStore.ts';
import type { PaperSettings } from '../venues/paper/paperSettings.ts';
import { PaperVenue } from '../venues/paper/paperVenue.ts';

export interface LaneParts {
  readonly feed: Feed;
  readonly start: Holdings;
  readonly settings: PolicySettings;
  readonly paper: PaperSettings;
  readonly store: VaultStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Funding paid up to now, oldest first. */
  readonly past: readonly FundingSample[];
  readonly heard: (entry: LogEntry) => void;
}

export type TransferAction = 'deposit' | 'withdraw';

interface SavedLane {
  readonly venue: unknown;
  readonly vault: unknown;
  readonly engine: unknown;
}

/** One engine on its own paper account. Several lanes share a market, so that their results compare. */
export class Lane {
  readonly venue: PaperVenue;
  readonly vault: Vault;
  readonly engine: Engine;
  readonly start: Holdings;
  readonly #feed: Feed;
  readonly #settings: PolicySettings;

  constructor({ feed, start, settings, paper, store, clock, log, past, heard }: LaneParts) {
    this.#feed = feed;
    this.start = start;
    this.#settings = settings;
    this.venue = new PaperVenue(feed, paper, start);
    this.vault = new Vault(store, start, feed.oracles(), heard);
    const funding = new FundingHistory(settings.engine.averageHours * HOUR_MS, past);
    this.engine = new Engine({ venue: this.venue, vault: this.vault, store, clock, funding, settings, log });
  }

  /** The venue moves to a moment and the vault takes in what that did. */
  advance(t: number, prints: readonly FundingPrint[]): void {
    this.venue.advance(t, prints);
    this.engine.sync();
  }

  /** Equity with the wallet's gas, at the oracle. */
  equity(): Value {
    return equityWithWallet(this.vault.books, this.#feed.oracles());
  }

  /** Moves assets in or out by the rules; a refusal is logged as BLOCKED, and returned. */
  async transfer(action: TransferAction, moved: AssetAmount): Promise<AppError | undefined> {
    try {
      if (action === 'deposit') await this.venue.deposit(moved);
      else {
        const { account, oracles } = this.venue.snapshot();
        const { markets, weights } = this.venue;
        checkWithdrawal(moved, { account, oracles, markets, weights }, this.#settings.risk);
        await this.venue.withdraw(moved);
      }
      this.engine.sync();
      return undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.engine.note({
        type: 'BLOCKED',
        code: error.code,
        because: error.message,
        numbers: {
          action,
          asset: moved.asset,
          amount: amountText(moved),
          ...this.#balances(),
          ...plain(error.details),
        },
      });
      return error;
    }
  }

  #balances(): Record<string, string> {
    const { cash, spot } = this.vault.books.account;
    return { balanceUsdc: formatUsd(cash), balanceSol: formatBase(spot) };
  }

  save(): SavedLane {
    return { venue: this.venue.save(), vault: this.vault.save(), engine: this.engine.save() };
  }

  restore(state: unknown, t: number): void {
    const saved = state as SavedLane;
    this.venue.restore(saved.venue, t);
    this.vault.restore(saved.vault);
    this.engine.restore(saved.engine);
  }
}

const amountText = (moved: AssetAmount): string =>
  moved.asset === 'SOL' ? formatBase(moved.amount) : formatUsd(moved.amount);

function plain(details: AppError['details']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(details).map(([key, one]) => [key, typeof one === 'number' ? one : String(one)]),
  );
}
