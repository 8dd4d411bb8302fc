import { describe, expect, it } from 'vitest';
import { accept } from '../../../src/main/live/reconciliation/acceptance.ts';
import { reconcile } from '../../../src/main/live/reconciliation/reconcile.ts';
import type { LiveNote } from '../../../src/main/live/sync/liveState.ts';
import { confirmationViewOf, standingViewOf } from '../../../src/main/live/views/confirmationView.ts';
import { differencesViewOf } from '../../../src/main/live/views/differencesView.ts';
import { healthAlertViewOf } from '../../../src/main/live/views/healthAlertView.ts';
import { engineStateOf, liveNewsOf } from '../../../src/main/live/views/liveNews.ts';
import { UNWATCHED, watchHealth } from '../../../src/main/risk/healthAlerts.ts';
import { confirmationView, standingView } from '../../../src/shared/contract/confirmation.ts';
import { differencesView } from '../../../src/shared/contract/difference.ts';
import { engineEvent } from '../../../src/shared/contract/engineStatus.ts';
import { healthAlertView } from '../../../src/shared/contract/healthAlert.ts';
import { parseBase, parsePrice, parseUsd } from '../../../src/shared/money/decimal.ts';
import { WEIGHTS, accountOf, everyMarket, holdingsOf, oraclesOf } from '../../support/accounts.ts';
import { HOUR, PLACE, confirmationsDb, deskOver, hedge } from '../risk/confirmation/confirmationCase.ts';
import { NOW, riskSettings } from '../risk/gateCase.ts';

const OWNED = { ...PLACE, owner: '1'.repeat(32) };
const AGREES = { kind: 'agrees', holdings: holdingsOf({}) } as const;

describe('what live trading tells its clients', () => {
  it('[R6.10] of a question is exactly the trade that is asked about', () => {
    const { desk, context } = deskOver(confirmationsDb());
    const question = desk.request(hedge('1.5').trade, context(NOW, OWNED));
    const view = confirmationViewOf(question);
    expect(confirmationView.parse(view)).toEqual({
      confirmationId: question.confirmationId,
      place: OWNED,
      purpose: 'enter',
      because: 'a test wants it',
      legs: [
        { market: 'SOL', side: 'buy', size: '1.5', limitPrice: '100.5', reduceOnly: false },
        { market: 'SOL-PERP', side: 'sell', size: '1.5', limitPrice: '99.5', reduceOnly: false },
      ],
      worth: '300.75',
      askedAt: NOW,
      expiresAt: NOW + 60_000,
      answer: 'none',
    });
  });

  it('[R6.10] of a standing confirmation is what was granted, what of it is spent, and what is left', () => {
    const { desk, context } = deskOver(confirmationsDb());
    const until = NOW + 24 * HOUR;
    desk.grant(OWNED, { perTrade: parseUsd('400'), perDay: parseUsd('500'), until }, NOW);
    desk.take(hedge('1.5'), context(NOW, OWNED));
    const state = desk.standing(OWNED, NOW);
    if (state === undefined) throw new Error('nothing was granted');
    expect(standingView.parse(standingViewOf(state))).toEqual({
      place: OWNED,
      perTrade: '400',
      perDay: '500',
      grantedAt: NOW,
      until,
      inForce: true,
      spent: '300.75',
      left: '199.25',
    });
  });

  it('of differences is each with both numbers, its words, and the name that an acceptance gives', () => {
    const order = {
      id: 't1-1',
      market: 'SOL-PERP',
      side: 'sell' as const,
      size: parseBase('2'),
      limitPrice: parsePrice('155'),
    };
    const books = holdingsOf({ cash: '10', perps: [{ size: '-1', quote: '150' }] }, '1');
    const chain = holdingsOf({ cash: '9', spot: '1', perps: [{ size: '-2', quote: '149' }] }, '2');
    const found = reconcile(
      { ...books, orders: [{ ...order, id: 't2-1' }] },
      { ...chain, orders: [order], foreignMarkets: [], foreignAssets: [] },
    );
    const view = differencesView.parse(differencesViewOf(found));
    expect(
      view.differences.map(({ kind, subject, books: ours, chain: theirs }) => [kind, subject, ours, theirs]),
    ).toEqual([
      ['cash', 'USDC', '10', '9'],
      ['spot', 'SOL', '0', '1'],
      ['wallet', 'SOL', '1', '2'],
      ['position', 'SOL-PERP', '-1', '-2'],
      ['quote', 'SOL-PERP', '150', '149'],
      ['unknownOrder', 't1-1', null, '2'],
      ['missingOrder', 't2-1', '2', null],
    ]);
    expect(accept(found, view.name, oraclesOf({ SOL: '150' }), NOW).adjustments).toHaveLength(5);
    expect(differencesViewOf(AGREES)).toBeNull();
  });

  it('of what is foreign says that it cannot be accepted', () => {
    const held = holdingsOf({});
    const found = reconcile(
      { ...held, orders: [] },
      {
        ...held,
        orders: [],
        foreignMarkets: [{ market: 'WIF-PERP', size: '-3' }],
        foreignAssets: [{ asset: 'JitoSOL', amount: '2' }],
      },
    );
    expect(differencesView.parse(differencesViewOf(found)).differences).toMatchObject([
      { kind: 'foreignMarket', subject: 'WIF-PERP', books: null, chain: '-3', acceptable: false },
      { kind: 'foreignAsset', subject: 'JitoSOL', books: null, chain: '2', acceptable: false },
    ]);
  });

  it('[R2.5] of health is the liquidation price of each position', () => {
    const { alerts } = watchHealth(
      UNWATCHED,
      {
        maintenance: { requirement: 90n, collateral: 100n },
        account: accountOf({ cash: '500', perps: [{ size: '-10', quote: '1000' }] }),
        oracles: oraclesOf({ SOL: '100' }),
        ratioOf: everyMarket('0.05'),
        weights: WEIGHTS,
      },
      riskSettings(),
      NOW,
    );
    expect(alerts.map((alert) => healthAlertView.parse(healthAlertViewOf(alert)))).toMatchObject([
      {
        level: 'critical',
        healthPct: 10,
        positions: [{ market: 'SOL-PERP', size: '-10', liquidationPrice: '142.857142858', side: 'above' }],
      },
    ]);
  });

  it('[R7.8] [R9.5] [R9.9] of syncs and connections is an event each', () => {
    const failure = { code: 'VENUE_UNAVAILABLE', message: 'No answer.' } as const;
    const notes: readonly LiveNote[] = [
      { kind: 'connectionLost' },
      { kind: 'syncFailed', failure },
      { kind: 'recovered', cause: 'sleep', from: NOW, to: NOW + 1 },
    ];
    expect(notes.map((note) => engineEvent.parse(liveNewsOf(note, NOW, AGREES)))).toEqual([
      { kind: 'connectionLost', at: NOW },
      { kind: 'syncFailed', error: { ...failure, details: {} } },
      { kind: 'syncRecovered', cause: 'sleep', from: NOW, to: NOW + 1 },
    ]);
    // The state says it, with its error.
    expect(liveNewsOf({ kind: 'stoppedByError', failure }, NOW, AGREES)).toBeUndefined();
    expect(engineStateOf({ kind: 'error', failure })).toBe('error');
  });

  it('of differences that are gone meanwhile is nothing', () => {
    expect(liveNewsOf({ kind: 'differencesFound', differences: 'a' }, NOW, AGREES)).toBeUndefined();
    const held = holdingsOf({ cash: '1' });
    const found = reconcile(
      { ...holdingsOf({}), orders: [] },
      { ...held, orders: [], foreignMarkets: [], foreignAssets: [] },
    );
    expect(
      engineEvent.parse(liveNewsOf({ kind: 'differencesFound', differences: 'a' }, NOW, found)),
    ).toMatchObject({
      kind: 'differencesFound',
      found: { differences: [{ kind: 'cash' }] },
    });
  });
});
