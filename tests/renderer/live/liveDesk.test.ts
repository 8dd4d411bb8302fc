import { describe, expect, test } from 'vitest';
import { applyBatch } from '../../../src/renderer/live/applyBatch.ts';
import { applySnapshot } from '../../../src/renderer/live/applySnapshot.ts';
import {
  deskAfter,
  EMPTY_DESK,
  settledIn,
  withConfirmations,
  withLiveEvent,
  type LiveDesk,
} from '../../../src/renderer/live/liveDesk.ts';
import { FIRST_STATE } from '../../../src/renderer/live/liveState.ts';
import type { EngineEventMessage } from '../../../src/shared/contract/engineStatus.ts';
import type { HealthAlertView } from '../../../src/shared/contract/healthAlert.ts';
import { FOUND, LIVE, QUESTION, STANDING } from '../liveSamples.ts';
import { SNAPSHOT, STATUS } from '../samples.ts';

const after = (...events: readonly EngineEventMessage[]): LiveDesk =>
  events.reduce(withLiveEvent, EMPTY_DESK);
const asked = { kind: 'confirmationAsked', confirmation: QUESTION } as const;
const settled = (answer: 'confirmed' | 'declined' | 'used' | 'expired'): EngineEventMessage => ({
  kind: 'confirmationSettled',
  confirmationId: QUESTION.confirmationId,
  answer,
});
const failure = {
  code: 'VENUE_UNAVAILABLE',
  message: 'None of the endpoints answers.',
  details: {},
} as const;

describe('a question', () => {
  test('is open until it is settled, and then says how it ended', () => {
    expect(after(asked).open).toEqual([QUESTION]);
    const over = after(asked, settled('expired'));
    expect(over.open).toEqual([]);
    expect(over.settled).toEqual({ confirmation: QUESTION, answer: 'expired' });
  });

  test('that is told twice is asked once', () => {
    expect(after(asked, asked).open).toEqual([QUESTION]);
  });

  test('ends once: what is told of it after that changes nothing', () => {
    const confirmed = settledIn(after(asked), QUESTION.confirmationId, 'confirmed');
    expect(withLiveEvent(confirmed, settled('used'))).toBe(confirmed);
  });

  test('stands behind older ones', () => {
    const second = { ...QUESTION, confirmationId: 'q2' };
    const both = after(asked, { kind: 'confirmationAsked', confirmation: second });
    expect(both.open.map(({ confirmationId }) => confirmationId)).toEqual(['q1', 'q2']);
  });

  test('is read anew as a whole: what is answered is open no more', () => {
    const before = after(asked);
    const read = withConfirmations(before, { open: [{ ...QUESTION, answer: 'used' }], standing: [STANDING] });
    expect(read).toMatchObject({ open: [], standing: STANDING });
    expect(withConfirmations(before, { open: [], standing: [] }).standing).toBeNull();
  });
});

describe('what keeps the engine from trading', () => {
  const found = { kind: 'differencesFound', found: FOUND } as const;
  const lost = { kind: 'connectionLost', at: 7 } as const;
  const failed = { kind: 'syncFailed', error: failure } as const;
  const all = after(found, lost, failed);

  test('is over with a sync that agrees', () => {
    expect(all).toMatchObject({ found: FOUND, lostAt: 7, syncFailure: failure });
    const recovered = { kind: 'syncRecovered', cause: 'connection', from: 7, to: 9 } as const;
    expect(withLiveEvent(all, recovered)).toMatchObject({ found: null, lostAt: null, syncFailure: null });
  });

  test('is over with an engine that runs, also where the recovery was not heard', () => {
    expect(deskAfter(all, { ...LIVE, state: 'running' })).toMatchObject({
      found: null,
      lostAt: null,
      syncFailure: null,
    });
  });

  test('stays while the engine says so', () => {
    const differing = after(found);
    expect(deskAfter(differing, { ...LIVE, state: 'readOnly', readOnly: 'differences' })).toBe(differing);
    const unsynced = after(failed);
    expect(deskAfter(unsynced, { ...LIVE, state: 'readOnly', readOnly: 'syncFailed' })).toBe(unsynced);
    const away = after(lost);
    expect(deskAfter(away, { ...LIVE, state: 'recovering' })).toBe(away);
  });
});

test('an alert of health is shown until health is fine again', () => {
  const alert: HealthAlertView = { level: 'critical', healthPct: 17, because: 'low', positions: [] };
  const alerted = after({ kind: 'health', alert });
  expect(alerted.alert).toEqual(alert);
  expect(withLiveEvent(alerted, { kind: 'health', alert: { ...alert, level: 'eased' } }).alert?.level).toBe(
    'eased',
  );
  expect(withLiveEvent(alerted, { kind: 'health', alert: { ...alert, level: 'over' } }).alert).toBeNull();
});

test.each([
  ['back on paper', { ...STATUS }],
  ['stopped', { ...LIVE, state: 'stopped' }],
  ['stopped by itself', { ...LIVE, state: 'error' }],
] as const)('nothing of it is left of an engine that is %s', (_title, status) => {
  const full = { ...after(asked, { kind: 'standingConfirmation', standing: STANDING }), found: FOUND };
  expect(deskAfter(full, status)).toEqual(EMPTY_DESK);
});

test('it is kept with everything else that is heard', () => {
  const live = applySnapshot(
    FIRST_STATE,
    { ...SNAPSHOT, engines: SNAPSHOT.engines.map((one) => ({ ...one, status: LIVE })) },
    1,
  );
  const heard = applyBatch(live, { updates: [], statuses: [{ ...LIVE, event: asked }] }, 2);
  expect(heard.desk.open).toEqual([QUESTION]);
  const other = applyBatch(heard, { updates: [], statuses: [LIVE] }, 3);
  expect(other.desk).toBe(heard.desk);
});
