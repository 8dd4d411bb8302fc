import type { PayloadOf, ReplyOf } from '../../../src/shared/contract/commands.ts';
import type { StatusSnapshot } from '../../../src/shared/contract/commands/engineCommands.ts';
import type { VaultView } from '../../../src/shared/contract/commands/vaultCommands.ts';
import type { ConfirmationView, StandingView } from '../../../src/shared/contract/confirmation.ts';
import type { DifferencesView } from '../../../src/shared/contract/difference.ts';
import type { EngineStatusData } from '../../../src/shared/contract/engineStatus.ts';
import type { ErrorReply } from '../../../src/shared/contract/errorReply.ts';
import type { FundingUpdateData } from '../../../src/shared/contract/fundingUpdate.ts';
import type { LiveCheckView } from '../../../src/shared/contract/liveCheck.ts';
import type { SubAccountView } from '../../../src/shared/contract/subAccount.ts';
import type { Answer } from './standIn.ts';
import { DELEGATE, OWNER } from './standInWallets.ts';

const DAY_MS = 86_400_000;
export const PLACE = { venue: 'drift', owner: OWNER.address, subAccount: 2 } as const;

/** The engine on real money, running. */
export const LIVE_STATUS: EngineStatusData = {
  engine: 'funding',
  venue: 'drift',
  subAccount: 2,
  state: 'running',
  mode: 'live',
  startedAt: Date.UTC(2026, 2, 14, 9),
  uptimeMs: 18_000_000,
  latencyMs: 214,
};

export const LIVE_FUNDING: FundingUpdateData = {
  engine: 'funding',
  venue: 'drift',
  subAccount: 2,
  timestamp: Date.UTC(2026, 2, 14, 14, 2, 11),
  mode: 'live',
  target: 'hedged',
  spotSol: '33.3',
  perpSol: '-33.2',
  netDelta: '0.1',
  driftPct: 0.3,
  driftTolerancePct: 1,
  solPrice: '150.2131',
  fundingRateHourly: '0.0000162',
  fundingApr: 14.2,
  fundingAverageApr: 12.1,
  health: 87.4,
  leverage: 0.96,
  totalCollateral: '9512.4',
  freeCollateral: '8410.2',
  maintenanceMargin: '249.3',
  equity: '10304.340078',
  positions: [
    {
      market: 'SOL-PERP',
      size: '-33.2',
      entryPrice: '149.81',
      markPrice: '150.2131',
      liquidationPrice: '391.2204',
      unrealizedPnl: '-13.38',
      unsettledPnl: '4.2',
      settledPnl: '61.1',
      fundingEarned: '65.3',
    },
  ],
  pnl: {
    funding: '65.3',
    price: '-0.5',
    fees: '-10.2',
    slippage: '-4.1',
    interest: '0.8',
    total: '51.3',
  },
  comparison: null,
  clock: null,
  breakEvenMs: 113_400_000,
  lastAction: null,
  cooldownRemainingMs: 0,
};

export const SUB_ACCOUNTS: readonly SubAccountView[] = [
  {
    number: 0,
    name: 'Main account',
    delegate: null,
    equity: '4210.55',
    positions: 1,
    openOrders: 2,
    hasVault: false,
  },
  {
    number: 2,
    name: 'Phantom Arbiter',
    delegate: DELEGATE.address,
    equity: '10304.340078',
    positions: 0,
    openOrders: 0,
    hasVault: true,
  },
];

/** A sentence for every check, all of them fine. */
export const CHECKS: readonly LiveCheckView[] = (
  [
    ['keychain', 'The keychain works: Secret Service.'],
    ['wallet', 'Engine is unlocked, and may trade for its owner.'],
    ['gas', 'The wallet has 0.412 SOL for transaction fees; 0.05 are needed.'],
    ['subAccount', 'Sub-account 2 is the one that this engine has traded before.'],
    ['capital', 'The sub-account is worth $10304.34, and $8410.20 of it are free.'],
    ['venue', 'The venue is open for trading.'],
    ['latency', 'The venue answers in 214 ms; 500 ms are allowed.'],
    ['rpc', '2 of 2 RPC endpoints of mainnet work.'],
    ['clock', "The computer's clock is 0.8 s behind the newest block."],
    [
      'limits',
      'No more than 3x leverage, no trade to a health under 60 %, price limits 0.5 % from the mark, and your confirmation for a trade over $100.',
    ],
    ['standing', 'No standing confirmation: you are asked about every trade over $100.'],
  ] as const
).map(([name, says]) => ({ name, state: 'ok', says, todo: null, code: null }));

export const CLOSED: readonly LiveCheckView[] = CHECKS.map((check) => {
  if (check.name === 'venue')
    return {
      ...check,
      state: 'failed',
      says: 'The venue is closed: the chain refuses its trades. It answers: Unsupported program id.',
      todo: 'Nothing can be traded there any more. Choose another venue.',
      code: 'VENUE_CLOSED',
    };
  if (check.name === 'rpc')
    return {
      ...check,
      state: 'warning',
      says: '1 of 1 RPC endpoints of mainnet work.',
      todo: 'Add a second one to fall back on.',
    };
  return check.name === 'clock'
    ? {
        ...check,
        state: 'unknown',
        says: 'The time could not be found out: the endpoint took too long.',
        todo: 'Check again in a moment.',
        code: 'VENUE_UNAVAILABLE',
      }
    : check;
});

/** A question that was asked now. */
export const question = (confirmationId = 'q1', lastsMs = 60_000): ConfirmationView => ({
  confirmationId,
  place: PLACE,
  purpose: 'rebalance',
  because: 'The hedge is 1.31 % from neutral; its tolerance is 1 %. The short is made larger.',
  legs: [
    { market: 'SOL', side: 'buy', size: '12.512345678', limitPrice: '150.9641', reduceOnly: false },
    { market: 'SOL-PERP', side: 'sell', size: '12.5', limitPrice: '149.4', reduceOnly: false },
  ],
  worth: '3751.2',
  askedAt: Date.now(),
  expiresAt: Date.now() + lastsMs,
  answer: 'none',
});

export const standing = (change: Partial<StandingView> = {}): StandingView => ({
  place: PLACE,
  perTrade: '2500',
  perDay: '10000',
  grantedAt: Date.now() - DAY_MS,
  until: Date.now() + 6 * DAY_MS,
  inForce: true,
  spent: '3751.2',
  left: '6248.8',
  ...change,
});

export const FOUND: DifferencesView = {
  name: 'd-7f3a19c2',
  differences: [
    {
      kind: 'cash',
      subject: 'USDC',
      books: '5012.330001',
      chain: '4512.330001',
      words: 'The sub-account has 500 USDC less than the books say.',
      acceptable: true,
    },
    {
      kind: 'position',
      subject: 'SOL-PERP',
      books: '-33.2',
      chain: '-30',
      words: 'The short is 3.2 SOL-PERP smaller than the books say.',
      acceptable: true,
    },
  ],
};

export const LIVE_VAULT: VaultView = {
  engine: 'funding',
  venue: 'drift',
  subAccount: 2,
  mode: 'live',
  market: 'drift',
  from: Date.UTC(2026, 2, 1),
  timestamp: LIVE_FUNDING.timestamp,
  capital: '10000',
  balance: LIVE_FUNDING.equity,
  allocated: '1894.1',
  available: LIVE_FUNDING.freeCollateral,
  netTransfers: '253.04',
  adjustments: '0',
  walletSol: '0.412000001',
  pnl: LIVE_FUNDING.pnl,
};

/** What a program that is, or goes, live answers: commands change it as the program's would. */
export class StandInLive {
  checks: readonly LiveCheckView[] = CHECKS;
  subAccounts: readonly SubAccountView[] = SUB_ACCOUNTS;
  open: readonly ConfirmationView[] = [];
  standing: StandingView | null = standing();
  found: DifferencesView | null = null;
  /** What is answered instead, by command. */
  readonly refusals = new Map<string, ErrorReply>();
  /** What answers wait for, by command. */
  readonly after = new Map<string, Promise<unknown>>();
  /** What was sent, in its order. */
  readonly heard: (readonly [command: string, payload: unknown])[] = [];
  /** Told when the engine is to be started or stopped. */
  onStart: (payload: PayloadOf<'START_ENGINE'>) => void = () => undefined;

  readonly answer = (command: string, payload: unknown): Answer | undefined => {
    this.heard.push([command, payload]);
    const wait = this.after.get(command);
    const after = wait === undefined ? {} : { after: wait.then(() => undefined) };
    const error = this.refusals.get(command);
    if (error !== undefined) return { status: 'error', error, ...after };
    const data = this.#reply(command, payload);
    return data === undefined ? undefined : { status: 'ok', data, ...after };
  };

  /** The payloads of one command that were sent. */
  sent(command: string): readonly unknown[] {
    return this.heard.filter(([name]) => name === command).map(([, payload]) => payload);
  }

  #reply(command: string, payload: unknown): unknown {
    switch (command) {
      case 'LIST_SUBACCOUNTS':
        return { subAccounts: [...this.subAccounts] } satisfies ReplyOf<'LIST_SUBACCOUNTS'>;
      case 'CREATE_SUBACCOUNT': {
        const { name } = payload as PayloadOf<'CREATE_SUBACCOUNT'>;
        const subAccount = { ...SUB_ACCOUNTS[1], number: 3, name, equity: '0', hasVault: false };
        this.subAccounts = [...this.subAccounts, subAccount as SubAccountView];
        return { subAccount };
      }
      case 'CHECK_LIVE': {
        const { purpose } = payload as PayloadOf<'CHECK_LIVE'>;
        const checks = this.checks.filter(
          ({ name }) => purpose === 'trading' || ['subAccount', 'venue', 'rpc', 'clock'].includes(name),
        );
        const mayGoLive = checks.every(({ state }) => state === 'ok' || state === 'warning');
        return { checks, mayGoLive, checkedAt: Date.now() };
      }
      case 'START_ENGINE':
        this.onStart(payload as PayloadOf<'START_ENGINE'>);
        return { status: LIVE_STATUS };
      case 'STOP_ENGINE':
        return { status: { ...LIVE_STATUS, state: 'stopped' } };
      case 'GET_CONFIRMATIONS':
        return { open: this.open, standing: this.standing === null ? [] : [this.standing] };
      case 'CONFIRM_TRADE':
      case 'DECLINE_TRADE':
        return this.#answered(command, (payload as PayloadOf<'CONFIRM_TRADE'>).confirmationId);
      case 'GRANT_STANDING_CONFIRMATION':
        this.standing = standing((payload as PayloadOf<'GRANT_STANDING_CONFIRMATION'>).standing);
        return { standing: this.standing };
      case 'REVOKE_STANDING_CONFIRMATION':
        this.standing = null;
        return { revoked: true };
      case 'GET_DIFFERENCES':
        return { differences: this.found };
      case 'ACCEPT_DIFFERENCES':
        this.found = null;
        return { vault: LIVE_VAULT };
      case 'REQUEST_SYNC':
        return { syncedAt: Date.now(), vaults: 1 };
      case 'GET_ENGINE_VAULT':
        return LIVE_VAULT;
      case 'DRIFT_DEPOSIT':
      case 'DRIFT_WITHDRAW':
        return { vault: LIVE_VAULT };
      case 'GET_LEDGER':
        return { transactions: [], balances: [], more: false };
      default:
        return undefined;
    }
  }

  #answered(command: string, confirmationId: string): unknown {
    const confirmation = this.open.find((one) => one.confirmationId === confirmationId);
    if (confirmation === undefined) return undefined;
    this.open = this.open.filter((one) => one !== confirmation);
    return command === 'CONFIRM_TRADE'
      ? { confirmation: { ...confirmation, answer: 'used' }, order: null }
      : { confirmation: { ...confirmation, answer: 'declined' } };
  }
}

/** The snapshot of a program whose engine is live. */
export const liveSnapshot = (change: Partial<EngineStatusData> = {}): StatusSnapshot => ({
  protocol: 1,
  appVersion: '0.1.0',
  instanceId: 'stand-in',
  seq: 0,
  firstRun: false,
  settingsRevision: 1,
  engines: [{ status: { ...LIVE_STATUS, ...change }, funding: LIVE_FUNDING }],
});

/** The same of one that is on paper, and may go live. */
export const paperSnapshot = (): StatusSnapshot => ({
  ...liveSnapshot(),
  engines: [
    {
      status: { ...LIVE_STATUS, mode: 'paper', venue: 'paper', subAccount: 0 },
      funding: {
        ...LIVE_FUNDING,
        mode: 'paper',
        venue: 'paper',
        subAccount: 0,
        clock: { speed: 60, paused: true, rushing: false },
      },
    },
  ],
});
