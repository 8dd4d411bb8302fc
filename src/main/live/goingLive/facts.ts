import type { Base, Usd } from '../../../shared/money/quantity.ts';
import type { StandingTerms } from '../../risk/confirmation/standing.ts';
import type { RiskSettings } from '../../risk/riskSettings.ts';
import type { Fact } from './check.ts';

/** What the keychain says of itself. */
export interface KeychainFacts {
  /** What the user knows it as: "Secret Service". */
  readonly store: string;
  /** Why it can't be used; null where it can. */
  readonly trouble: string | null;
}

/** The active wallet. */
export interface WalletFacts {
  readonly name: string;
  readonly address: string;
  readonly kind: 'owner' | 'delegate' | 'watch';
  /** Whether its key can sign right now. */
  readonly lock: 'unlocked' | 'locked' | 'unavailable';
}

/** A sub-account as the chain shows it. */
export interface SubAccountFacts {
  /** Who else may trade it; null where nobody may. */
  readonly delegate: string | null;
  /** Open positions; signed sizes as decimal texts. */
  readonly positions: readonly { readonly market: string; readonly size: string }[];
  /** Deposits and borrows of assets that the engine doesn't know; amounts as decimal texts. */
  readonly foreignAssets: readonly { readonly asset: string; readonly amount: string }[];
  /** Open orders that are not of the journal. */
  readonly foreignOrders: number;
  /**
   * `new`: never traded by this program. `vault`: it has a vault here, and reconciliation holds the two against each other.
   * `handedOver`: what is held in the engine's own markets is given to the engine by its owner's word.
   */
  readonly origin: 'new' | 'vault' | 'handedOver';
}

export interface CapitalFacts {
  readonly equity: Usd;
  /** By the initial margin; negative where it isn't covered. */
  readonly freeCollateral: Usd;
  readonly hasPositions: boolean;
}

/** What the chain answers when it is asked to trade. */
export type VenueFacts =
  | { readonly kind: 'open' }
  /** The program has no such instruction any more, or refuses it for good. */
  | { readonly kind: 'closed'; readonly answer: string }
  /** The exchange has paused: it may go on. */
  | { readonly kind: 'paused'; readonly answer: string };

export interface RpcFacts {
  /** The chain's name as the user knows it: "mainnet", "devnet". */
  readonly chain: string;
  readonly isTest: boolean;
  readonly genesis: string;
  readonly endpoints: readonly {
    readonly name: string;
    readonly isHealthy: boolean;
    /** What it says its genesis is; null where it hasn't answered. */
    readonly genesis: string | null;
  }[];
}

export interface ClockFacts {
  /** Unix ms of the computer, in the middle of the asking. */
  readonly computer: number;
  /** Unix ms of the newest confirmed block. */
  readonly block: number;
}

/** Everything that going live looks at, gathered at one moment. */
export interface LiveFacts {
  readonly keychain: Fact<KeychainFacts>;
  /** Null: there is none. */
  readonly wallet: Fact<WalletFacts | null>;
  readonly walletSol: Fact<Base>;
  readonly subAccountNumber: number;
  /** Null: the wallet has no such sub-account. */
  readonly subAccount: Fact<SubAccountFacts | null>;
  readonly capital: Fact<CapitalFacts>;
  readonly venue: Fact<VenueFacts>;
  /** Ms that the venue takes to answer. */
  readonly latencyMs: Fact<number>;
  readonly rpc: Fact<RpcFacts>;
  readonly clock: Fact<ClockFacts>;
  /** Markets that the engine trades. */
  readonly engineMarkets: readonly string[];
  readonly settings: RiskSettings;
  /** What the user is about to grant; null for nothing. */
  readonly standing: StandingTerms | null;
}
