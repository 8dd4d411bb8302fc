import { describe, expect, it } from 'vitest';
import { NoticeGate, noticeOf, type Notice } from '../../../src/main/desktop/notice.ts';
import { LIVE, RUNNING } from './statuses.ts';

const alert = (code: string) =>
  ({ kind: 'log', entry: { seq: 1, t: 1, type: 'ALERT', data: { code, because: 'Look.' } } }) as const;

describe('a notice', () => {
  it('is given of an alert, an error, SOS and a recovery', () => {
    expect(noticeOf({ ...LIVE, event: alert('HEALTH_TOO_LOW') }, 'running')).toMatchObject({
      title: 'LIVE: alert',
      body: 'Look.',
    });
    const error = { code: 'WALLET_MISSING', message: 'There is no wallet.', details: {} } as const;
    expect(noticeOf({ ...LIVE, state: 'error', error }, 'running')).toMatchObject({
      body: 'There is no wallet.',
      isUrgent: true,
    });
    expect(noticeOf({ ...RUNNING, state: 'halted', event: alert('HALTED') }, 'running')).toMatchObject({
      key: 'sos',
      title: 'PAPER: SOS',
    });
    const interruption = { cause: 'sleep', from: 0, to: 3_600_000 } as const;
    expect(noticeOf({ ...LIVE, event: { kind: 'recovered', interruption } }, 'running')?.body).toMatch(
      /Not watched since/,
    );
  });

  it('[R2.4] [R2.5] is given of health at each of its levels, and a critical one is urgent', () => {
    const health = (level: 'warning' | 'critical' | 'over') =>
      noticeOf(
        {
          ...LIVE,
          event: { kind: 'health', alert: { level, healthPct: 19, because: 'Why.', positions: [] } },
        },
        'running',
      );
    expect(health('warning')).toMatchObject({ title: 'LIVE: health is low', body: 'Why.', isUrgent: false });
    expect(health('critical')).toMatchObject({ title: 'LIVE: health is critical', isUrgent: true });
    expect(new Set([health('warning')?.key, health('critical')?.key, health('over')?.key]).size).toBe(3);
  });

  it('[R6.10] is given of every trade that waits for a confirmation', () => {
    const asked = (confirmationId: string) =>
      noticeOf(
        {
          ...LIVE,
          event: {
            kind: 'confirmationAsked',
            confirmation: {
              confirmationId,
              place: { venue: 'drift', owner: '1'.repeat(32), subAccount: 1 },
              purpose: 'correct',
              because: 'The drift is 2 %.',
              legs: [{ market: 'SOL-PERP', side: 'sell', size: '2', limitPrice: '99', reduceOnly: false }],
              worth: '200',
              askedAt: 0,
              expiresAt: 60_000,
              answer: 'none',
            },
          },
        },
        'running',
      );
    expect(asked('a')).toMatchObject({
      title: 'LIVE: your confirmation',
      body: 'May the engine sell 2 SOL-PERP, worth $200.00? The drift is 2 %. You have 1 min to confirm.',
      isUrgent: true,
    });
    expect(asked('a')?.key).not.toBe(asked('b')?.key);
  });

  it('is not given of the ordinary, nor twice of one SOS', () => {
    const decision = { kind: 'log', entry: { ...alert('X').entry, type: 'DECISION' } } as const;
    expect(noticeOf({ ...RUNNING, event: decision }, 'running')).toBeUndefined();
    expect(noticeOf(RUNNING, 'starting')).toBeUndefined();
    expect(noticeOf({ ...RUNNING, state: 'halted' }, 'halted')).toBeUndefined();
    expect(noticeOf({ ...RUNNING, event: alert('HALTED') }, 'running')).toBeUndefined();
  });
});

describe('a storm of notices', () => {
  const notice = (key: string, isUrgent = false): Notice => ({ key, title: key, body: '', isUrgent });
  const shown = (gate: NoticeGate, key: string, at: number): string | undefined =>
    gate.admit(notice(key), at)?.key;

  it('says the same thing once a minute', () => {
    const gate = new NoticeGate();
    expect([0, 59_999, 60_000].map((at) => shown(gate, 'a', at))).toEqual(['a', undefined, 'a']);
  });

  it('says five things in ten minutes, then one word more', () => {
    const gate = new NoticeGate();
    const all = Array.from({ length: 100 }, (_, i) => shown(gate, `key ${i}`, i));
    expect(all.filter((key) => key !== undefined)).toEqual([
      'key 0',
      'key 1',
      'key 2',
      'key 3',
      'key 4',
      'more',
    ]);
    expect(shown(gate, 'late', 600_001)).toBe('late');
  });

  it('never keeps SOS back, and shows it again after five seconds', () => {
    const gate = new NoticeGate();
    for (let i = 0; i < 20; i += 1) shown(gate, `key ${i}`, i);
    expect(gate.admit(notice('sos', true), 30)?.key).toBe('sos');
    expect(gate.admit(notice('sos', true), 5_029)).toBeUndefined();
    expect(gate.admit(notice('sos', true), 5_030)?.key).toBe('sos');
  });

  it('goes on when the clock is set back', () => {
    const gate = new NoticeGate();
    expect([1_000_000, 500].map((at) => shown(gate, 'a', at))).toEqual(['a', 'a']);
  });
});
