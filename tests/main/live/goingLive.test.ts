import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, LiveCheck } from '../../../src/main/live/goingLive/check.ts';
import type {
  LiveFacts,
  RpcFacts,
  SubAccountFacts,
  WalletFacts,
} from '../../../src/main/live/goingLive/facts.ts';
import { goingLiveChecks, mayGoLive } from '../../../src/main/live/goingLive/goingLive.ts';
import { ERROR_CODES } from '../../../src/shared/contract/errorCodes.ts';
import { CHECK_NAMES, type CheckName, type CheckState } from '../../../src/shared/contract/liveCheck.ts';
import { parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';
import { riskSettings } from '../risk/gateCase.ts';

const NOW = Date.UTC(2026, 0, 1);
const known = <T>(value: T): Fact<T> => ({ known: true, value });
const unknown: Fact<never> = { known: false, why: 'nobody answered.' };

const WALLET: WalletFacts = { name: 'Main', address: 'Own3r', kind: 'owner', lock: 'unlocked' };
const SUB_ACCOUNT: SubAccountFacts = {
  delegate: null,
  positions: [],
  foreignAssets: [],
  foreignOrders: 0,
  origin: 'new',
};
const endpoint = (name: string, genesis: string | null = 'g3n', isHealthy = true) => ({
  name,
  isHealthy,
  genesis,
});
const RPC: RpcFacts = {
  chain: 'mainnet',
  isTest: false,
  genesis: 'g3n',
  endpoints: [endpoint('one'), endpoint('two')],
};

/** All is well. */
const WELL: LiveFacts = {
  keychain: known({ store: 'Secret Service', trouble: null }),
  wallet: known(WALLET),
  walletSol: known(parseBase('0.017')),
  subAccountNumber: 3,
  subAccount: known(SUB_ACCOUNT),
  capital: known({ equity: parseUsd('1000'), freeCollateral: parseUsd('900'), hasPositions: false }),
  venue: known({ kind: 'open' }),
  latencyMs: known(120),
  rpc: known(RPC),
  clock: known({ computer: NOW, block: NOW - 1_200 }),
  engineMarkets: ['SOL', 'SOL-PERP'],
  settings: riskSettings(),
  standing: null,
};

const trading = (changes: Partial<LiveFacts> = {}) => goingLiveChecks({ ...WELL, ...changes }, 'trading');
const watching = (changes: Partial<LiveFacts> = {}) => goingLiveChecks({ ...WELL, ...changes }, 'monitoring');

function named(checks: readonly LiveCheck[], name: CheckName): LiveCheck {
  const found = checks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} was not looked at`);
  return found;
}

const sub = (changes: Partial<SubAccountFacts>): Partial<LiveFacts> => ({
  subAccount: known({ ...SUB_ACCOUNT, ...changes }),
});
const wallet = (changes: Partial<WalletFacts>): Partial<LiveFacts> => ({
  wallet: known({ ...WALLET, ...changes }),
});
const rpc = (...endpoints: RpcFacts['endpoints']): Partial<LiveFacts> => ({
  rpc: known({ ...RPC, endpoints }),
});
const clock = (ahead: number): Partial<LiveFacts> => ({
  clock: known({ computer: NOW + ahead, block: NOW }),
});
const capital = (equity: string, freeCollateral: string, hasPositions = false): Partial<LiveFacts> => ({
  capital: known({ equity: parseUsd(equity), freeCollateral: parseUsd(freeCollateral), hasPositions }),
});

describe('the checks before going live', () => {
  it('are all read out, in order, and let an engine go live where all is well', () => {
    expect(trading().map(({ name, state }) => `${name} ${state}`)).toEqual(
      CHECK_NAMES.map((name) => `${name} ok`),
    );
    expect(mayGoLive(trading())).toBe(true);
  });

  const cases: readonly (readonly [
    what: string,
    changes: Partial<LiveFacts>,
    name: CheckName,
    state: CheckState,
    code: string | null,
    says: string,
  ])[] = [
    [
      'a keychain that can’t be used',
      { keychain: known({ store: 'Keychain', trouble: 'It is locked.' }) },
      'keychain',
      'failed',
      'KEYCHAIN_UNAVAILABLE',
      "The keychain can't be used. It is locked.",
    ],
    ['no wallet', { wallet: known(null) }, 'wallet', 'failed', 'WALLET_MISSING', 'There is no wallet.'],
    [
      'a wallet that is watched',
      wallet({ kind: 'watch' }),
      'wallet',
      'failed',
      'WALLET_WATCH_ONLY',
      'Main is only watched: nothing can be signed for it.',
    ],
    ['a locked wallet', wallet({ lock: 'locked' }), 'wallet', 'failed', 'WALLET_LOCKED', 'Main is locked.'],
    [
      'a signer that is gone',
      wallet({ lock: 'unavailable' }),
      'wallet',
      'failed',
      'SIGNER_UNAVAILABLE',
      "The key of Main can't be used right now.",
    ],
    [
      'gas one unit short [R6.6]',
      { walletSol: known(parseBase('0.016999999')) },
      'gas',
      'failed',
      'INSUFFICIENT_GAS',
      'The wallet has 0.016999999 SOL for transaction fees; 0.017 are needed.',
    ],
    [
      'no such sub-account',
      { subAccount: known(null) },
      'subAccount',
      'failed',
      'UNKNOWN_SUBACCOUNT',
      'There is no sub-account 3.',
    ],
    [
      'a new sub-account with a position in the engine’s own market',
      sub({ positions: [{ market: 'SOL-PERP', size: '-2' }] }),
      'subAccount',
      'failed',
      'SUBACCOUNT_NOT_OWN',
      "Sub-account 3 holds what is not the engine's: -2 SOL-PERP.",
    ],
    [
      'a sub-account handed over with that position',
      sub({ origin: 'handedOver', positions: [{ market: 'SOL-PERP', size: '-2' }] }),
      'subAccount',
      'ok',
      null,
      'Sub-account 3 is handed over to the engine with what it holds.',
    ],
    [
      'a sub-account traded before with that position',
      sub({ origin: 'vault', positions: [{ market: 'SOL-PERP', size: '-2' }] }),
      'subAccount',
      'ok',
      null,
      'Sub-account 3 is the one that this engine has traded before.',
    ],
    [
      'a sub-account handed over with a market that the engine doesn’t know',
      sub({ origin: 'handedOver', positions: [{ market: 'WIF-PERP', size: '5' }] }),
      'subAccount',
      'failed',
      'SUBACCOUNT_NOT_OWN',
      "Sub-account 3 holds what is not the engine's: 5 WIF-PERP.",
    ],
    [
      'foreign assets and orders',
      sub({ origin: 'vault', foreignAssets: [{ asset: 'JitoSOL', amount: '1.5' }], foreignOrders: 2 }),
      'subAccount',
      'failed',
      'SUBACCOUNT_NOT_OWN',
      "Sub-account 3 holds what is not the engine's: 1.5 JitoSOL, 2 open orders.",
    ],
    [
      'one foreign order',
      sub({ foreignOrders: 1 }),
      'subAccount',
      'failed',
      'SUBACCOUNT_NOT_OWN',
      "Sub-account 3 holds what is not the engine's: 1 open order.",
    ],
    [
      'a delegate’s wallet that isn’t the delegate',
      wallet({ kind: 'delegate' }),
      'subAccount',
      'failed',
      'UNAUTHORIZED',
      'Main is not the delegate of sub-account 3.',
    ],
    [
      'a delegate’s wallet that is',
      { ...wallet({ kind: 'delegate', address: 'D3l' }), ...sub({ delegate: 'D3l' }) },
      'subAccount',
      'ok',
      null,
      'Sub-account 3 holds nothing but capital.',
    ],
    [
      'an owner beside a delegate',
      sub({ delegate: 'D3l' }),
      'subAccount',
      'warning',
      null,
      'Sub-account 3 holds nothing but capital, and D3l may trade it too.',
    ],
    [
      'a sub-account without a wallet to trade it',
      { wallet: known(null) },
      'subAccount',
      'unknown',
      'WALLET_MISSING',
      'Whether the wallet may trade sub-account 3 is not known without a wallet.',
    ],
    [
      'more owed than owned',
      capital('-0.000001', '-0.000001'),
      'capital',
      'failed',
      'INSUFFICIENT_BALANCE',
      'The sub-account is worth -$0.000001, and -$0.000001 of it are free.',
    ],
    [
      'a new sub-account, which is empty',
      capital('0', '0'),
      'capital',
      'warning',
      null,
      'The sub-account is worth $0, and $0 of it are free; $10 are kept, so nothing can be traded yet.',
    ],
    [
      'capital one unit short',
      capital('100', '9.999999'),
      'capital',
      'warning',
      null,
      'The sub-account is worth $100, and $9.999999 of it are free; $10 are kept, so nothing can be traded yet.',
    ],
    [
      'capital just enough',
      capital('100', '10'),
      'capital',
      'ok',
      null,
      'The sub-account is worth $100, and $10 of it are free.',
    ],
    [
      'capital that stands behind positions',
      capital('100', '-3', true),
      'capital',
      'warning',
      null,
      'The sub-account is worth $100, and -$3 of it are free; $10 are kept, so nothing can be increased.',
    ],
    [
      'a venue that the chain has closed',
      { venue: known({ kind: 'closed', answer: 'custom program error: 0x65' }) },
      'venue',
      'failed',
      'VENUE_CLOSED',
      'The venue is closed: the chain refuses its trades. It answers: custom program error: 0x65',
    ],
    [
      'a venue that pauses',
      { venue: known({ kind: 'paused', answer: 'exchange paused' }) },
      'venue',
      'failed',
      'VENUE_CLOSED',
      'The venue has paused trading. It answers: exchange paused',
    ],
    [
      'an answer in 500 ms [R6.5]',
      { latencyMs: known(500) },
      'latency',
      'warning',
      null,
      'The venue answers in 500 ms; 500 ms are allowed.',
    ],
    [
      'an answer in 400 ms',
      { latencyMs: known(400) },
      'latency',
      'ok',
      null,
      'The venue answers in 400 ms; 500 ms are allowed.',
    ],
    [
      'an answer in 501 ms [R6.5]',
      { latencyMs: known(501) },
      'latency',
      'failed',
      'LATENCY_TOO_HIGH',
      'The venue answers in 501 ms; 500 ms are allowed.',
    ],
    [
      'an endpoint of another chain among good ones',
      rpc(endpoint('one'), endpoint('liar', '0ther', false)),
      'rpc',
      'failed',
      'VENUE_UNAVAILABLE',
      'Not of mainnet, but of another chain: liar.',
    ],
    [
      'no endpoint that works',
      rpc(endpoint('one', null), endpoint('two', 'g3n', false)),
      'rpc',
      'failed',
      'VENUE_UNAVAILABLE',
      '0 of 2 RPC endpoints of mainnet work.',
    ],
    [
      'one of two endpoints',
      rpc(endpoint('one'), endpoint('two', null, false)),
      'rpc',
      'warning',
      null,
      '1 of 2 RPC endpoints of mainnet work. Not now: two.',
    ],
    [
      'a single endpoint',
      rpc(endpoint('one')),
      'rpc',
      'warning',
      null,
      '1 of 1 RPC endpoints of mainnet work.',
    ],
    [
      'a test network',
      { rpc: known({ ...RPC, chain: 'devnet', isTest: true }) },
      'rpc',
      'ok',
      null,
      '2 of 2 RPC endpoints of devnet work; nothing there is worth anything.',
    ],
    [
      'a clock 5 s ahead',
      clock(5_000),
      'clock',
      'ok',
      null,
      "The computer's clock is 5.0 s ahead of the newest block.",
    ],
    [
      'a clock over 5 s behind',
      clock(-5_001),
      'clock',
      'warning',
      null,
      "The computer's clock is 5.0 s behind the newest block.",
    ],
    [
      'a clock half of an oracle’s age behind',
      clock(-15_000),
      'clock',
      'warning',
      null,
      "The computer's clock is 15.0 s behind the newest block.",
    ],
    [
      'a clock further behind than that',
      clock(-15_001),
      'clock',
      'failed',
      'CLOCK_WRONG',
      "The computer's clock is 15.0 s behind the newest block.",
    ],
    [
      'a chain that stands still for an hour',
      clock(3_600_000),
      'clock',
      'failed',
      'CLOCK_WRONG',
      "The computer's clock is 3600.0 s ahead of the newest block.",
    ],
    [
      'the limits, read out',
      {},
      'limits',
      'ok',
      null,
      'No more than 5x leverage, no trade to a health under 60 %, price limits 0.5 % from the mark, and your confirmation for a trade over $100.',
    ],
    [
      'no standing confirmation [R6.10]',
      {},
      'standing',
      'ok',
      null,
      'No standing confirmation: you are asked about every trade over $100.',
    ],
    [
      'a standing confirmation, read out [R6.10]',
      { standing: { perTrade: parseUsd('250'), perDay: parseUsd('1000'), until: Date.UTC(2026, 1, 1) } },
      'standing',
      'ok',
      null,
      'The engine may trade up to $250 at a time and $1000 in any 24 hours without asking, until 2026-02-01 00:00 UTC.',
    ],
    [
      'a standing confirmation over what is there',
      {
        standing: { perTrade: parseUsd('250'), perDay: parseUsd('1000.000001'), until: Date.UTC(2026, 1, 1) },
      },
      'standing',
      'warning',
      null,
      'The engine may trade up to $250 at a time and $1000.000001 in any 24 hours without asking, until 2026-02-01 00:00 UTC. That is more a day than the sub-account is worth.',
    ],
  ];

  it.each(cases)('%s', (_what, changes, name, state, code, says) => {
    const checks = trading(changes);
    expect(named(checks, name)).toMatchObject({ state, code, says });
    expect(mayGoLive(checks)).toBe(checks.every((one) => one.state === 'ok' || one.state === 'warning'));
    if (state === 'failed' || state === 'unknown') expect(mayGoLive(checks)).toBe(false);
    expect(named(checks, name).todo === null).toBe(state === 'ok');
  });

  it.each([
    ['keychain', 'keychain'],
    ['wallet', 'wallet'],
    ['walletSol', 'gas'],
    ['subAccount', 'subAccount'],
    ['capital', 'capital'],
    ['venue', 'venue'],
    ['latencyMs', 'latency'],
    ['rpc', 'rpc'],
    ['clock', 'clock'],
  ] as const)('without an answer about %s, %s is unknown and nothing goes live', (fact, name) => {
    const checks = trading({ [fact]: unknown });
    expect(named(checks, name)).toMatchObject({ state: 'unknown', todo: 'Check again in a moment.' });
    expect(named(checks, name).says).toContain('could not be found out: nobody answered.');
    expect(mayGoLive(checks)).toBe(false);
  });

  it('of a latency and a clock that are no numbers are failed', () => {
    expect(named(trading({ latencyMs: known(Number.NaN) }), 'latency').state).toBe('failed');
    expect(named(trading(clock(Number.NaN)), 'clock').state).toBe('failed');
  });
});

describe('the checks before only watching', () => {
  it('[R2.1] ask for no key, no gas and no capital', () => {
    const checks = watching({ keychain: unknown, wallet: known(null), walletSol: unknown, capital: unknown });
    expect(checks.map(({ name }) => name)).toEqual(['subAccount', 'venue', 'rpc', 'clock']);
    expect(mayGoLive(checks)).toBe(true);
  });

  it('[R2.1] let a closed venue be watched, and whatever a sub-account holds', () => {
    const checks = watching({
      venue: known({ kind: 'closed', answer: 'gone' }),
      ...sub({ positions: [{ market: 'WIF-PERP', size: '1' }], foreignOrders: 3 }),
    });
    expect(named(checks, 'venue')).toMatchObject({ state: 'warning', code: null });
    expect(mayGoLive(checks)).toBe(true);
  });

  it('are failed where there is no such sub-account', () => {
    expect(mayGoLive(watching({ subAccount: known(null) }))).toBe(false);
  });
});

describe('going live', () => {
  it('is never possible without having looked', () => {
    expect(mayGoLive([])).toBe(false);
  });

  it('is possible exactly where nothing failed and nothing is unknown, and every no says what to do', () => {
    const pick = <T>(...of: readonly T[]) => fc.constantFrom(...of);
    const some = fc.record({
      keychain: pick(WELL.keychain, unknown, known({ store: 'Keychain', trouble: 'It is locked.' })),
      wallet: pick<LiveFacts['wallet']>(
        WELL.wallet,
        unknown,
        known(null),
        known({ ...WALLET, lock: 'locked' }),
      ),
      walletSol: pick<LiveFacts['walletSol']>(WELL.walletSol, unknown, known(parseBase('0'))),
      subAccount: pick<LiveFacts['subAccount']>(
        WELL.subAccount,
        unknown,
        known(null),
        known({ ...SUB_ACCOUNT, foreignOrders: 1 }),
        known({ ...SUB_ACCOUNT, delegate: 'D3l' }),
      ),
      venue: pick<LiveFacts['venue']>(WELL.venue, unknown, known({ kind: 'closed', answer: 'gone' })),
      latencyMs: pick<LiveFacts['latencyMs']>(WELL.latencyMs, unknown, known(450), known(900)),
      clock: pick<LiveFacts['clock']>(WELL.clock, unknown, known({ computer: NOW, block: NOW - 99_000 })),
    });
    fc.assert(
      fc.property(some, (changes) => {
        const checks = trading(changes);
        const bad = checks.filter(({ state }) => state === 'failed' || state === 'unknown');
        expect(mayGoLive(checks)).toBe(bad.length === 0);
        for (const { code, todo, says } of bad) {
          expect(Object.keys(ERROR_CODES)).toContain(code);
          expect([todo === null, says.length > 10]).toEqual([false, true]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
