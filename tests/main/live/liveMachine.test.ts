import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepLive } from '../../../src/main/live/sync/liveMachine.ts';
import {
  STOPPED,
  mayTrade,
  wakeAt,
  type Failure,
  type LiveEffect,
  type LiveEvent,
  type LiveState,
} from '../../../src/main/live/sync/liveState.ts';

const T = Date.UTC(2026, 0, 1);
const SECOND = 1_000;
const DOWN: Failure = { code: 'VENUE_UNAVAILABLE', message: 'The venue does not answer.' };

/** A machine with a clock of its own, and what it was told to do. */
function machine() {
  let state: LiveState = STOPPED;
  let now = T;
  const done: LiveEffect[] = [];
  const rig = {
    get state() {
      return state;
    },
    get now() {
      return now;
    },
    get done() {
      return done.map((effect) => (effect.do === 'tell' ? `tell ${effect.note.kind}` : effect.do));
    },
    get told() {
      return done.flatMap((effect) => (effect.do === 'tell' ? [effect.note] : []));
    },
    hear(event: LiveEvent) {
      const step = stepLive(state, event, now);
      state = step.state;
      done.push(...step.effects);
      return rig;
    },
    /** A result of the attempt under way. */
    connected: () => rig.hear({ type: 'connected', attempt: state.attempt }),
    notConnected: (failure = DOWN) => rig.hear({ type: 'connectFailed', attempt: state.attempt, failure }),
    synced: (differences: string | null = null) =>
      rig.hear({ type: 'synced', attempt: state.attempt, differences }),
    notSynced: (failure = DOWN) => rig.hear({ type: 'syncFailed', attempt: state.attempt, failure }),
    /** Wakes the machine when it is due, and tells how long that was. */
    wake() {
      const due = wakeAt(state);
      if (due === null) throw new Error('nothing is due');
      const waited = due - now;
      now = due;
      rig.hear({ type: 'wake' });
      return waited;
    },
    pass(ms: number) {
      now += ms;
      return rig;
    },
    forget() {
      done.length = 0;
      return rig;
    },
  };
  return rig;
}

const started = (monitoring = false) => machine().hear({ type: 'start', monitoring });
const running = () => started().connected().synced().forget();

describe('a live engine', () => {
  it('[R9.10] connects and syncs before it trades', () => {
    const rig = started();
    expect([rig.state.standing.kind, mayTrade(rig.state)]).toEqual(['recovering', false]);
    rig.connected();
    expect(mayTrade(rig.state)).toBe(false);
    rig.synced();
    expect(mayTrade(rig.state)).toBe(true);
    expect(rig.done).toEqual(['connect', 'sync', 'tell recovered']);
  });

  it('[R2.1] that was started to watch never trades', () => {
    const rig = started(true).connected().synced();
    expect(rig.state.standing).toMatchObject({ kind: 'readOnly', reason: 'monitoring' });
    rig.wake();
    rig.synced();
    expect(mayTrade(rig.state)).toBe(false);
    expect(rig.done).toEqual(['connect', 'sync', 'tell recovered', 'sync']);
  });

  it('[R7.2] syncs every 10 s, and trades meanwhile', () => {
    const rig = running();
    expect(rig.wake()).toBe(10 * SECOND);
    expect(mayTrade(rig.state)).toBe(true);
    expect(rig.synced().done).toEqual(['sync']);
  });

  it('[R7.7] retries a failed sync three times, after 1, 2 and 4 s, and makes no trade meanwhile', () => {
    const rig = running();
    rig.wake();
    const waits = [];
    for (let i = 0; i < 3; i += 1) {
      rig.notSynced();
      expect([rig.state.standing.kind, mayTrade(rig.state)]).toEqual(['recovering', false]);
      waits.push(rig.wake());
    }
    expect(waits).toEqual([SECOND, 2 * SECOND, 4 * SECOND]);
    expect(rig.done).toEqual(['sync', 'sync', 'sync', 'sync']);
    expect(rig.synced().told).toMatchObject([{ kind: 'recovered', cause: 'sync' }]);
    expect(mayTrade(rig.state)).toBe(true);
  });

  it('[R7.8] then says so, once, and trades no more until a sync succeeds', () => {
    const rig = running();
    rig.wake();
    for (let i = 0; i < 3; i += 1) {
      rig.notSynced();
      rig.wake();
    }
    rig.notSynced();
    expect(rig.state.standing).toMatchObject({ kind: 'readOnly', reason: 'syncFailed' });
    for (let i = 0; i < 5; i += 1) {
      expect(rig.wake()).toBe(10 * SECOND);
      rig.notSynced();
      expect(mayTrade(rig.state)).toBe(false);
    }
    expect(rig.told).toEqual([{ kind: 'syncFailed', failure: DOWN }]);
    rig.wake();
    expect(rig.synced().told.at(-1)).toMatchObject({ kind: 'recovered', cause: 'sync', to: rig.now });
    expect(mayTrade(rig.state)).toBe(true);
  });

  it('[R9.5] tries a lost connection again every 10 s, and tells of it once', () => {
    const rig = running().hear({ type: 'connectionLost' }).hear({ type: 'connectionLost' });
    expect(mayTrade(rig.state)).toBe(false);
    const waits = [];
    for (let i = 0; i < 4; i += 1) {
      waits.push(rig.wake());
      rig.notConnected();
    }
    expect(waits).toEqual([10 * SECOND, 10 * SECOND, 10 * SECOND, 10 * SECOND]);
    expect(rig.told).toEqual([{ kind: 'connectionLost' }, { kind: 'syncFailed', failure: DOWN }]);
  });

  it('[R9.6] [R9.9] syncs after it has reconnected before it trades, and tells of the recovery', () => {
    const rig = running().hear({ type: 'connectionLost' });
    const from = rig.now;
    rig.wake();
    rig.connected();
    expect(rig.done.slice(-2)).toEqual(['connect', 'sync']);
    expect(mayTrade(rig.state)).toBe(false);
    rig.pass(SECOND).synced();
    expect(rig.told.at(-1)).toEqual({ kind: 'recovered', cause: 'connection', from, to: from + 11 * SECOND });
    expect(mayTrade(rig.state)).toBe(true);
  });

  it.each(['WALLET_MISSING', 'WALLET_UNKNOWN', 'WALLET_WATCH_ONLY', 'UNKNOWN_SUBACCOUNT'] as const)(
    '[R9.7] is stopped by %s, wherever it shows, and says so',
    (code) => {
      const failure: Failure = { code, message: 'It is gone.' };
      const syncing = running();
      syncing.wake();
      for (const rig of [
        started().notConnected(failure),
        syncing.notSynced(failure),
        running().hear({ type: 'critical', failure }),
      ]) {
        expect(rig.state.standing).toEqual({ kind: 'error', failure });
        expect(rig.told).toEqual([{ kind: 'stoppedByError', failure }]);
        expect(rig.done).toContain('disconnect');
        expect(wakeAt(rig.state)).toBeNull();
        rig.hear({ type: 'connected', attempt: rig.state.attempt }).hear({ type: 'syncAsked' });
        expect(rig.state.standing.kind).toBe('error');
      }
    },
  );

  it('is stopped after an error without disconnecting twice', () => {
    const rig = running().hear({ type: 'critical', failure: DOWN }).forget().hear({ type: 'stop' });
    expect([rig.state.standing.kind, rig.done]).toEqual(['stopped', []]);
  });

  it('starts again after an error', () => {
    const rig = running()
      .hear({ type: 'critical', failure: DOWN })
      .hear({ type: 'start', monitoring: false });
    expect(mayTrade(rig.connected().synced().state)).toBe(true);
  });

  it.each(['sleep', 'clockJump'] as const)(
    '[R11.5] recovers from %s: what it was finding out is of before, and it syncs anew',
    (cause) => {
      const rig = running();
      rig.wake();
      const before = rig.state.attempt;
      rig.pass(3_600_000).hear({ type: 'interrupted', cause, from: T });
      expect(rig.state.standing).toEqual({ kind: 'recovering', cause, since: T });
      rig.hear({ type: 'synced', attempt: before, differences: null });
      expect(mayTrade(rig.state)).toBe(false);
      expect(rig.done).toEqual(['sync', 'sync']);
      expect(rig.synced().told).toEqual([{ kind: 'recovered', cause, from: T, to: rig.now }]);
    },
  );

  it('[R11.5] that sleeps while its connection is lost connects at once when it is awake', () => {
    const rig = running().hear({ type: 'connectionLost' }).pass(60_000).forget();
    rig.hear({ type: 'interrupted', cause: 'sleep', from: T });
    expect(rig.done).toEqual(['connect']);
    expect(rig.state.standing).toMatchObject({ cause: 'connection' });
  });

  it('does not trade with differences that nobody has accepted, and tells of them when they change', () => {
    const rig = running();
    for (const differences of ['a', 'a', 'b']) {
      rig.wake();
      rig.synced(differences);
      expect(mayTrade(rig.state)).toBe(false);
    }
    expect(rig.told).toEqual([
      { kind: 'differencesFound', differences: 'a' },
      { kind: 'differencesFound', differences: 'b' },
    ]);
    rig.hear({ type: 'syncAsked' });
    expect(mayTrade(rig.state)).toBe(false);
    expect(rig.synced().told.at(-1)).toMatchObject({ kind: 'recovered', cause: 'differences' });
    expect(mayTrade(rig.state)).toBe(true);
  });

  it('tells again of differences that are still there after it has reconnected', () => {
    const rig = running();
    rig.wake();
    rig.synced('a').hear({ type: 'connectionLost' });
    rig.wake();
    rig.connected().synced('a');
    expect(rig.told.map(({ kind }) => kind)).toEqual([
      'differencesFound',
      'connectionLost',
      'differencesFound',
    ]);
    expect(mayTrade(rig.state)).toBe(false);
  });

  it.each([
    ['a connection', started()],
    ['a sync', started().connected()],
  ])('takes %s that does not answer within 30 s for failed', (_what, rig) => {
    const before = rig.state.attempt;
    expect(rig.wake()).toBe(30 * SECOND);
    rig.wake();
    expect(rig.state.attempt).toBe(before + 1);
    rig
      .hear({ type: 'connected', attempt: before })
      .hear({ type: 'synced', attempt: before, differences: null });
    expect(mayTrade(rig.state)).toBe(false);
  });

  it('ignores a wake that comes early, and a second start', () => {
    const rig = running();
    const before = rig.state;
    rig.hear({ type: 'wake' }).hear({ type: 'start', monitoring: true });
    expect([rig.state, rig.done]).toEqual([before, []]);
  });

  it('stops, and hears nothing more of what was under way', () => {
    const rig = started().connected();
    const { attempt } = rig.state;
    rig.hear({ type: 'stop' }).hear({ type: 'synced', attempt, differences: null });
    expect(rig.state).toEqual({ ...STOPPED, attempt });
    expect(rig.done).toEqual(['connect', 'sync', 'disconnect']);
  });
});

describe('a live engine to which anything happens in any order', () => {
  const attempt = fc.constantFrom(0, 0, 0, 1, 2);
  const failure = fc.constantFrom<Failure>(DOWN, { code: 'UNKNOWN_SUBACCOUNT', message: 'It is gone.' });
  const differences = fc.constantFrom(null, null, null, 'a', 'b');
  /** Results name an attempt by how long ago it was begun. */
  const anyEvent = fc.oneof(
    fc.record({ type: fc.constant('start' as const), monitoring: fc.boolean() }),
    fc.record({ type: fc.constant('stop' as const) }),
    { weight: 4, arbitrary: fc.record({ type: fc.constant('wake' as const) }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('connected' as const), attempt }) },
    fc.record({ type: fc.constant('connectFailed' as const), attempt, failure }),
    fc.record({ type: fc.constant('connectionLost' as const) }),
    { weight: 6, arbitrary: fc.record({ type: fc.constant('synced' as const), attempt, differences }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('syncFailed' as const), attempt, failure }) },
    fc.record({ type: fc.constant('syncAsked' as const) }),
    fc.record({
      type: fc.constant('interrupted' as const),
      cause: fc.constantFrom('sleep' as const, 'clockJump' as const),
      from: fc.constant(T),
    }),
  );
  const aged = (event: LiveEvent, newest: number): LiveEvent =>
    'attempt' in event ? { ...event, attempt: newest - event.attempt } : event;

  it('[R9.6] [R9.10] [R11.5] trades only after a sync that agreed and was begun after the last doubt', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyEvent, fc.nat({ max: 12_000 })), { maxLength: 120 }), (events) => {
        const rig = machine().hear({ type: 'start', monitoring: false });
        /** The test's own book: attempts that are syncs begun after the last doubt. */
        let good = new Set<number>();
        let trusted = false;
        let watching = false;
        let up = true;
        for (const [drawn, ms] of events) {
          rig.pass(ms);
          const event = aged(drawn, rig.state.attempt);
          const { task, attempt: current } = rig.state;
          rig.forget().hear(event);
          if (event.type === 'start' && !up) watching = event.monitoring;
          const doubt =
            event.type === 'connectionLost' ||
            event.type === 'interrupted' ||
            event.type === 'stop' ||
            (event.type === 'syncFailed' && event.attempt === current && task.kind === 'syncing') ||
            (event.type === 'wake' && task.kind === 'syncing' && rig.now >= task.until);
          if (doubt) [good, trusted] = [new Set(), false];
          if (event.type === 'synced' && event.attempt === current && task.kind === 'syncing')
            trusted = event.differences === null && good.has(event.attempt);
          if (rig.done.includes('sync')) good.add(rig.state.attempt);
          up = rig.state.standing.kind !== 'stopped' && rig.state.standing.kind !== 'error';
          if (!up) trusted = false;
          expect(mayTrade(rig.state)).toBe(trusted && !watching);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is never stuck: while it is up, something is under way or due within 30 s', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyEvent, fc.nat({ max: 12_000 })), { maxLength: 80 }), (events) => {
        const rig = machine().hear({ type: 'start', monitoring: false });
        for (const [drawn, ms] of events) {
          rig.pass(ms).hear(aged(drawn, rig.state.attempt));
          const due = wakeAt(rig.state);
          if (rig.state.standing.kind === 'stopped' || rig.state.standing.kind === 'error')
            expect(due).toBeNull();
          else expect((due ?? Infinity) - rig.now).toBeLessThanOrEqual(30 * SECOND);
        }
      }),
    );
  });
});
