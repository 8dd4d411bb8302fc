import { describe, expect, it } from 'vitest';
import type { EngineEventMessage } from '../../../src/shared/contract/engineStatus.ts';
import { liveEventWords } from '../../../src/shared/words/liveEventWords.ts';

describe('what happens to a live engine, in words', () => {
  const cases: readonly (readonly [event: EngineEventMessage, title: string | undefined, body: string])[] = [
    [
      { kind: 'confirmationSettled', confirmationId: 'a', answer: 'expired' },
      'not confirmed',
      'The trade that you were asked about was not made: time is over.',
    ],
    [{ kind: 'confirmationSettled', confirmationId: 'a', answer: 'declined' }, undefined, ''],
    [
      { kind: 'health', alert: { level: 'over', healthPct: 70, because: 'Health is back.', positions: [] } },
      'health is fine again',
      'Health is back.',
    ],
    [
      { kind: 'connectionLost', at: 0 },
      'connection lost',
      'The venue can’t be reached. Nothing is traded until it can, and until the account was synced.',
    ],
    [
      { kind: 'syncFailed', error: { code: 'VENUE_UNAVAILABLE', message: 'No answer.', details: {} } },
      'trading is disabled',
      'The account could not be synced: No answer. Nothing is traded until it can be.',
    ],
    [{ kind: 'syncRecovered', cause: 'start', from: 0, to: 5_000 }, undefined, ''],
    [
      { kind: 'syncRecovered', cause: 'connection', from: 0, to: 65_000 },
      'back',
      'The account is synced after 1 min 5 s. The engine goes on.',
    ],
    [
      {
        kind: 'differencesFound',
        found: {
          name: 'f00d',
          differences: [
            {
              kind: 'cash',
              subject: 'USDC',
              books: '2',
              chain: '1',
              words: 'USDC differs.',
              acceptable: true,
            },
          ],
        },
      },
      'trading is disabled',
      'Books and chain differ. USDC differs.',
    ],
    [{ kind: 'settings', revision: 2 }, undefined, ''],
  ];

  it.each(cases)('%j', (event, title, body) => {
    const words = liveEventWords(event);
    expect([words?.title, words?.body ?? '']).toEqual([title, body]);
  });
});
