import { MantineProvider } from '@mantine/core';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { CheckList } from '../../../../src/renderer/screens/live/CheckList.tsx';
import { CHECK_LOOKS } from '../../../../src/renderer/screens/live/checkLook.ts';
import { DifferenceTable } from '../../../../src/renderer/screens/live/DifferenceTable.tsx';
import { StandingReading } from '../../../../src/renderer/screens/live/StandingReading.tsx';
import { TradeQuestionCard } from '../../../../src/renderer/shell/TradeQuestionCard.tsx';
import { CHECK_NAMES, type LiveCheckView } from '../../../../src/shared/contract/liveCheck.ts';
import { FOUND, OWNER, QUESTION, STANDING } from '../../liveSamples.ts';

const markup = (element: ReactElement): string =>
  renderToStaticMarkup(createElement(MantineProvider, null, element)).replaceAll(
    /<style[^>]*>.*?<\/style>/gs,
    '',
  );
const text = (element: ReactElement): string =>
  markup(element)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&nbsp;|\u00a0/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ');

const nothing = (): void => undefined;
const card = (change: Partial<Parameters<typeof TradeQuestionCard>[0]> = {}): ReactElement =>
  createElement(TradeQuestionCard, {
    question: QUESTION,
    now: 1_001_000,
    armed: true,
    answering: null,
    connected: true,
    refusal: null,
    onConfirm: nothing,
    onDecline: nothing,
    ...change,
  });
const isDisabled = (html: string, label: string): boolean =>
  /<button[^>]*\bdisabled=""/.test(html.slice(html.lastIndexOf('<button', html.indexOf(label))));

describe('a question', () => {
  test('[R6.10] shows exactly the trade: each leg with side, size, limit, and what it is worth', () => {
    const shown = text(card());
    expect(shown).toContain('Buy SOL 12.512345678 at most $150.9641');
    expect(shown).toContain('Sell SOL-PERP reduce only 12.5 at least $149.40');
    expect(shown).toContain('Worth, both legs together $3,751.20');
    expect(shown).toContain(QUESTION.because);
    expect(shown).toContain('59 s left');
    expect(shown.replaceAll(' ', '')).toContain(`sub-account2of${OWNER}`);
    expect(shown).toContain('Live , real money');
  });

  test('can be confirmed only once it has stood still, in time, with the program there', () => {
    const confirm = 'Confirm, $';
    expect(isDisabled(markup(card()), confirm)).toBe(false);
    expect(isDisabled(markup(card({ armed: false })), confirm)).toBe(true);
    expect(isDisabled(markup(card({ connected: false })), confirm)).toBe(true);
    expect(isDisabled(markup(card({ now: QUESTION.expiresAt })), confirm)).toBe(true);
    expect(isDisabled(markup(card({ answering: 'decline' })), confirm)).toBe(true);
  });

  test('has the focus on declining', () => {
    const html = markup(card());
    expect(html.slice(html.indexOf('data-autofocus'))).toMatch(/^data-autofocus[^>]*>.*?Decline/);
  });

  test('says what a refusal means for the money', () => {
    const refusal = { code: 'CONFIRMATION_EXPIRED', message: 'It is too late.', details: {} } as const;
    expect(text(card({ refusal }))).toContain(
      'It is too late. Nothing was traded or moved. (CONFIRMATION_EXPIRED)',
    );
  });
});

describe('the checks', () => {
  const checks: readonly LiveCheckView[] = [
    { name: 'venue', state: 'failed', says: 'It is closed.', todo: 'Wait.', code: 'VENUE_CLOSED' },
    { name: 'clock', state: 'unknown', says: 'Nobody answers.', todo: null, code: null },
    { name: 'rpc', state: 'warning', says: 'One endpoint.', todo: 'Add one.', code: null },
    { name: 'gas', state: 'ok', says: 'Enough SOL.', todo: null, code: null },
  ];

  test('each say by a word what they are, what was found and what to do', () => {
    const shown = text(createElement(CheckList, { checks, purpose: 'trading' }));
    expect(shown).toContain('Venue Failed It is closed. Wait. VENUE_CLOSED');
    expect(shown).toContain('Clock Not known Nobody answers.');
    expect(shown).toContain('Endpoints Warning One endpoint. Add one.');
    expect(shown).toContain('SOL for fees Fine Enough SOL.');
    expect(new Set(Object.values(CHECK_LOOKS).map(({ Icon }) => Icon)).size).toBe(4);
  });

  test('keep the room of all that will be read while they are looked at', () => {
    const waiting = markup(createElement(CheckList, { checks: undefined, purpose: 'trading' }));
    expect(waiting.match(/<li/g)).toHaveLength(CHECK_NAMES.length);
  });
});

test('a difference shows what the books and the chain say to the last digit, and by how much', () => {
  const shown = text(createElement(DifferenceTable, { differences: FOUND.differences }));
  expect(shown).toContain('Cash USDC 5,012.330001 USDC 4,512.33 USDC −500.000001 USDC');
  expect(shown).toContain('less than the books say');
  expect(shown).not.toContain('Has to leave');
});

test('what is not the engine’s is told from what can be accepted', () => {
  const foreign = {
    kind: 'foreignMarket',
    subject: 'BTC-PERP',
    books: null,
    chain: '0.5',
    words: 'Not the engine’s.',
    acceptable: false,
  } as const;
  const shown = text(createElement(DifferenceTable, { differences: [foreign] }));
  expect(shown).toContain('nothing 0.5 BTC-PERP +0.5 BTC-PERP');
  expect(shown).toContain('Has to leave the sub-account');
});

describe('a standing confirmation', () => {
  const reading = (standing: typeof STANDING | null | undefined, now = 1_000_000): string =>
    text(createElement(StandingReading, { standing, now }));

  test('shows what is left of the day, and until when', () => {
    expect(reading(STANDING)).toContain('$6,248.80 left of $10,000.00 in 24 hours; $3,751.20 used');
    expect(reading(STANDING)).toContain('up to $2,500.00');
  });

  test('has nothing left once it has run out, also by the clock of the page', () => {
    for (const shown of [reading(STANDING, STANDING.until), reading({ ...STANDING, inForce: false })]) {
      expect(shown).toContain('$0.00 left');
      expect(shown).toContain('has run out');
    }
  });

  test('says where there is none, and where it isn’t known', () => {
    expect(reading(null)).toContain('None');
    expect(markup(createElement(StandingReading, { standing: undefined, now: 0 }))).toContain(
      'Loading the standing confirmation',
    );
  });
});
