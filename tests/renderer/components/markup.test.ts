import { MantineProvider } from '@mantine/core';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { ENGINE_STATES } from '../../../src/shared/contract/engineStatus.ts';
import { DriftMeter } from '../../../src/renderer/components/DriftMeter.tsx';
import { Duration } from '../../../src/renderer/components/Duration.tsx';
import { STATE_WORDS } from '../../../src/shared/words/stateWords.ts';
import { EquityChart } from '../../../src/renderer/components/EquityChart.tsx';
import { ErrorCard } from '../../../src/renderer/components/ErrorCard.tsx';
import { EventFeed } from '../../../src/renderer/components/EventFeed.tsx';
import { HealthGauge } from '../../../src/renderer/components/HealthGauge.tsx';
import { ModeBadge } from '../../../src/renderer/components/ModeBadge.tsx';
import { Money } from '../../../src/renderer/components/Money.tsx';
import { PnlBreakdown } from '../../../src/renderer/components/PnlBreakdown.tsx';
import { PositionsTable } from '../../../src/renderer/components/PositionsTable.tsx';
import { SignedNumber } from '../../../src/renderer/components/SignedNumber.tsx';
import { StaleData } from '../../../src/renderer/components/StaleData.tsx';
import { StatTile } from '../../../src/renderer/components/StatTile.tsx';

const markup = (element: ReactElement): string =>
  renderToStaticMarkup(createElement(MantineProvider, null, element)).replaceAll(
    /<style[^>]*>.*?<\/style>/gs,
    '',
  );
/** What a screen reader would say: without tags and without what is hidden from it. */
const spoken = (element: ReactElement): string =>
  markup(element)
    .replaceAll(/<(\w+)[^>]*aria-hidden="true"[^>]*>.*?<\/\1>/gs, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('numbers', () => {
  test('a missing amount is an en dash to the eye and "not available" to the ear', () => {
    const element = createElement(Money, { usd: null });
    expect(markup(element)).toContain('–');
    expect(spoken(element)).toBe('not available');
  });

  test('an amount carries its exact value beside the rounded one', () => {
    const html = markup(createElement(Money, { usd: '412.806114' }));
    expect(html).toContain('value="412.806114"');
    expect(html).toContain('title="exactly 412.806114 US dollars"');
    expect(html).toContain('$412.81');
  });

  test.each([
    ['12', 'up', '+$12.00'],
    ['-12', 'down', '−$12.00'],
    ['0', 'zero', '$0.00'],
  ])('a signed amount of %s has an arrow and a sign, not only a colour', (amount, direction, text) => {
    const html = markup(createElement(SignedNumber, { amount, unit: '$' }));
    expect(html).toContain(`data-direction="${direction}"`);
    expect(html).toContain('<svg');
    expect(html).toContain(text);
  });

  test('a length of time that there is none of says why', () => {
    expect(spoken(createElement(Duration, { ms: null, none: 'never pays' }))).toBe('never pays');
  });
});

describe('mode and state', () => {
  test('PAPER and LIVE say in words whose money it is', () => {
    expect(spoken(createElement(ModeBadge, { mode: 'paper' }))).toMatch(/Paper.*simulated money/);
    expect(spoken(createElement(ModeBadge, { mode: 'live' }))).toMatch(/Live.*real money/);
  });

  test('no two states of the engine share a word', () => {
    const words = ENGINE_STATES.map((state) => STATE_WORDS[state].word);
    expect(new Set(words).size).toBe(ENGINE_STATES.length);
  });
});

describe('meters', () => {
  test('health is said with its word', () => {
    expect(markup(createElement(HealthGauge, { health: 12.4 }))).toContain(
      'aria-valuetext="12.4\u00a0%, Danger"',
    );
    expect(markup(createElement(HealthGauge, { health: null }))).toContain('aria-valuetext="not available"');
  });

  test('drift is said with its tolerance and its side', () => {
    const element = createElement(DriftMeter, { driftPct: -1.31, tolerancePct: 1, netDelta: '-0.817' });
    expect(markup(element)).toContain('aria-valuetext="−1.31\u00a0%, over tolerance of 1.00\u00a0%"');
    expect(spoken(element)).toContain('net short');
  });
});

describe('profit and positions', () => {
  test('the total is the one that the engine gives, even where the parts do not add up to it', () => {
    const pnl = { funding: '1', price: '1', fees: '1', slippage: '1', interest: '1', total: '999' };
    const html = markup(createElement(PnlBreakdown, { pnl }));
    expect(html).toContain('+$999.00');
    expect(html).not.toContain('$5.00');
  });

  test('a price of liquidation that does not exist is not shown as zero', () => {
    const position = {
      market: 'SOL-PERP',
      size: '-1',
      entryPrice: '150',
      markPrice: '151',
      liquidationPrice: null,
      unrealizedPnl: '-1',
      unsettledPnl: '0',
      settledPnl: '0',
      fundingEarned: '0',
    };
    const text = spoken(createElement(PositionsTable, { positions: [position] }));
    expect(text).toContain('Short');
    expect(text).toContain('$151.000 not available');
  });

  test('no positions, and positions that are still loading, are different states', () => {
    expect(spoken(createElement(PositionsTable, { positions: [] }))).toContain('No open positions');
    expect(markup(createElement(PositionsTable, { positions: null }))).toContain(
      'aria-label="Loading positions"',
    );
  });
});

describe('events', () => {
  const entries = Array.from({ length: 5000 }, (_, at) => ({
    seq: at + 1,
    t: at * 1000,
    type: 'FILL',
    data: {},
  }));
  const feed = createElement(EventFeed, { entries, sentenceOf: ({ seq }) => `sentence ${seq}.` });

  test('of thousands only the newest are drawn, and the others are offered', () => {
    const text = spoken(feed);
    expect(text).toContain('sentence 5000.');
    expect(text).not.toContain('sentence 4900.');
    expect(text).toContain('Show older (4900 more)');
  });

  test('are no live region, so that a screen reader is not flooded', () => {
    expect(markup(feed)).not.toMatch(/aria-live|role="(?:log|status|alert|feed)"/);
  });
});

describe('errors and lost connections', () => {
  const error = { code: 'VENUE_UNAVAILABLE', message: 'The venue does not answer.', details: {} } as const;

  test('an error says what happened, what it means for the money, what to do, and its code', () => {
    const text = spoken(
      createElement(ErrorCard, {
        title: 'Not rebalanced',
        error,
        money: 'Nothing was traded.',
        advice: 'Wait.',
      }),
    );
    for (const part of [
      'Not rebalanced',
      'The venue does not answer.',
      'Nothing was traded.',
      'Wait.',
      'Copy details',
      'VENUE_UNAVAILABLE',
    ])
      expect(text).toContain(part);
  });

  test('old numbers are named as old, with the time they are from', () => {
    const from = new Date(2026, 2, 14, 14, 2, 11).getTime();
    const text = spoken(createElement(StaleData, { lostAt: from, now: from + 12_000, numbersFrom: from }));
    expect(text).toContain('Connection lost 12 s ago. Numbers below are from 14:02:11.');
  });

  test('while the connection stands, nothing is added to the numbers', () => {
    const child = createElement('b', null, '1');
    expect(markup(createElement(StaleData, { lostAt: null, now: 0, numbersFrom: 0 }, child))).toBe(
      '<b>1</b>',
    );
  });
});

test('a tile that loads keeps its label and says that it loads', () => {
  expect(spoken(createElement(StatTile, { label: 'Equity', value: 'hidden', state: 'loading' }))).toBe(
    'Equity loading',
  );
});

test('an equity curve without points says so, and one with points can be read without seeing it', () => {
  expect(spoken(createElement(EquityChart, { points: [] }))).toContain('No equity curve yet');
  const points = [{ t: 0, equity: '10000', justHolding: '9000', neverLeaving: null }];
  const text = spoken(createElement(EquityChart, { points }));
  expect(text).toContain('Just holding SOL from $9,000.00');
  expect(text).toContain('Charts by TradingView Lightweight Charts™');
});

test('a chart names its makers, with a link that tells them nothing and leaves the page where it is', () => {
  const points = [{ t: 0, equity: '10000', justHolding: '9000', neverLeaving: null }];
  const html = markup(createElement(EquityChart, { points }));
  const [link = ''] = /<a [^>]*>TradingView Lightweight Charts™<\/a>/.exec(html) ?? [];
  expect(link).toContain('href="https://www.tradingview.com/"');
  expect(link).toContain('target="_blank"');
  expect(link).toContain('rel="noreferrer noopener"');
});
