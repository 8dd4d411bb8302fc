import { describe, expect, it } from 'vitest';

import { pause } from '../../../src/main/platform/timers.ts';
import { hedgedRig } from '../../support/programRig.ts';

describe('an SOS', () => {
  it('is answered before 300 searches that wait, and timers run meanwhile', async () => {
    const { rig, client } = await hedgedRig();
    rig.meddle(
      `INSERT INTO events (vault_id, seq, t, type, line)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
       SELECT (SELECT vault_id FROM runs), 100000 + i, 0, 'DECISION', '{"data":{},"seq":0,"t":0,"type":"DECISION"}' FROM n`,
    );
    let [ticks, latest, longest] = [0, performance.now(), 0];
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - latest);
      latest = now;
      ticks += 1;
    }, 1);
    const searches = Array.from({ length: 300 }, (_, at) =>
      client.request('GET_EVENTS', { limit: 10, search: `nothing like ${at}` }),
    );
    const other = rig.connect();
    await pause(0);
    await other.ask('SOS', { flatten: false });
    const answered = client.heard.filter(({ frame }) => frame.type === 'COMMAND_RESULT').length;
    await Promise.all(searches);
    clearInterval(timer);
    // Three of the fixture's own, and those that were done while it was on its way.
    expect(answered).toBeLessThan(100);
    expect(ticks).toBeGreaterThan(5);
    expect(longest).toBeLessThan(500);
  });
});

describe('the engine', () => {
  it('goes on while clients search without a pause', async () => {
    const { rig, client } = await hedgedRig();
    rig.meddle(
      `INSERT INTO events (vault_id, seq, t, type, line)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
       SELECT (SELECT vault_id FROM runs), 100000 + i, 0, 'DECISION', '{"data":{},"seq":0,"t":0,"type":"DECISION"}' FROM n`,
    );
    await client.ask('SET_CLOCK', { speed: 600 });
    const before = rig.figures.timestamp;
    const over = new AbortController();
    const searching = async (): Promise<void> => {
      while (!over.signal.aborted)
        await client.request('GET_EVENTS', { limit: 10, search: 'nothing like it' });
    };
    const searches = Array.from({ length: 8 }, searching);
    await pause(2_000);
    const minutes = (rig.figures.timestamp - before) / 60_000;
    over.abort();
    await Promise.all(searches);
    // Twenty are due.
    expect(minutes).toBeGreaterThan(5);
  });
});

describe('RUN_BACKTEST', () => {
  it('is refused while two are running, and taken again once one has ended', async () => {
    const { client } = await hedgedRig();
    const long = { market: { kind: 'simulated', seed: 7 }, days: 3_650 } as const;
    const ids = [1, 2].map(() => client.post('RUN_BACKTEST', long));
    expect((await client.refusal('RUN_BACKTEST', { ...long, days: 1 })).code).toBe('RATE_LIMITED');
    const { frame } = await client.next(
      (heard) => 'status' in heard.frame && heard.frame.status === 'accepted',
    );
    if (frame.type !== 'COMMAND_RESULT' || frame.status !== 'accepted') throw new Error('not accepted');
    const ended = client.next(
      (heard) => heard.frame.type === 'COMMAND_RESULT' && heard.frame.status === 'error',
    );
    await client.ask('CANCEL_OPERATION', { operationId: frame.operationId });
    expect(ids).toContain(((await ended).frame as { id: string }).id);
    expect((await client.ask('RUN_BACKTEST', { ...long, days: 1 })).steps).toBe(1_440);
  });
});
