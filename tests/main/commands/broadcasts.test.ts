import { describe, expect, it } from 'vitest';

import { Broadcaster, Listener } from '../../../src/main/commands/broadcaster.ts';
import type { CloseReason } from '../../../src/main/commands/carrier.ts';
import { stopwatch } from '../../../src/main/platform/clock.ts';
import { pause } from '../../../src/main/platform/timers.ts';
import { FUNDING_UPDATE_EVERY_MS, MAX_WAITING_BYTES } from '../../../src/shared/contract/protocol.ts';
import { hedgedRig, newRig, type RigClient } from '../../support/programRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const HOUR = 3_600_000;

const seqs = ({ broadcasts }: RigClient): readonly number[] => broadcasts.map(({ seq }) => seq);
const upTo = (length: number): readonly number[] => Array.from({ length }, (_, at) => at + 1);
const figuresOf = ({ broadcasts }: RigClient) => broadcasts.filter(({ type }) => type === 'FUNDING_UPDATE');
const statusesOf = ({ broadcasts }: RigClient) => broadcasts.filter(({ type }) => type === 'ENGINE_STATUS');

describe('a broadcast', () => {
  it('[R8.10] is a FUNDING_UPDATE or an ENGINE_STATUS, whatever the engine does', async () => {
    const { client } = await hedgedRig();
    await client.ask('UPDATE_CONFIG', { engine: 'funding', config: { 'engine.deltaTolerancePct': '2' } });
    await client.request('DRIFT_WITHDRAW', { asset: 'USDC', amount: '1000000' });
    await client.ask('SOS', { flatten: true });
    await client.nextFunding();
    const types = new Set(client.heard.map(({ frame }) => frame.type));
    expect([...types].toSorted()).toEqual(['COMMAND_RESULT', 'ENGINE_STATUS', 'FUNDING_UPDATE']);
    expect(new Set(client.events.map(({ kind }) => kind))).toEqual(new Set(['log', 'settings']));
  });

  it('is numbered by one a connection, from one, without a gap', async () => {
    const rig = newRig();
    const early = rig.connect();
    await early.ask('START_ENGINE', START);
    await early.nextFunding();
    const late = rig.connect();
    await late.nextFunding();

    expect(seqs(early)).toEqual(upTo(early.broadcasts.length));
    expect(seqs(late)).toEqual(upTo(late.broadcasts.length));
    expect(early.broadcasts.length).toBeGreaterThan(late.broadcasts.length);
  });

  it('says which instance it comes from, another one after every start', async () => {
    const { rig, client } = await hedgedRig();
    const { instanceId } = rig.program;
    expect(new Set(client.broadcasts.map((frame) => frame.instanceId))).toEqual(new Set([instanceId]));
    expect((await client.ask('GET_STATUS', {})).instanceId).toBe(instanceId);

    await rig.restart();
    const again = rig.connect();
    await again.nextFigures();
    expect(rig.program.instanceId).not.toBe(instanceId);
    expect(again.broadcasts[0]).toMatchObject({ instanceId: rig.program.instanceId, seq: 1 });
  });

  it("says when it was sent, and at which moment of the engine's clock", async () => {
    const before = Date.now();
    const { client } = await hedgedRig();
    await client.nextFunding();
    const after = Date.now();
    for (const frame of client.broadcasts) {
      expect(frame.sentAt).toBeGreaterThanOrEqual(before);
      expect(frame.sentAt).toBeLessThanOrEqual(after);
      if (frame.type === 'FUNDING_UPDATE') expect(frame.timestamp).toBe(frame.data.timestamp);
    }
    const times = client.broadcasts.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBe(Math.floor((times[0] ?? 0) / HOUR) * HOUR + HOUR);
  });

  it('has been counted in GET_STATUS, with which a client goes on that missed something', async () => {
    const rig = newRig();
    const client = rig.connect();
    expect((await client.ask('GET_STATUS', {})).seq).toBe(0);
    await client.ask('START_ENGINE', START);
    await client.ask('STOP_ENGINE', { engine: 'funding' });
    for (let beat = 0; beat < 2; beat += 1) {
      await client.nextFigures();
      const snapshot = await client.ask('GET_STATUS', {});
      expect(snapshot.seq).toBe(client.broadcasts.length);
      expect(snapshot.engines[0]?.funding).toEqual(
        figuresOf(client)
          .map(({ data }) => data)
          .at(-1),
      );
    }
  });

  it('never comes with an answer: a result goes to the connection that asked, and to no other', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const id = client.post('DRIFT_DEPOSIT', { asset: 'USDC', amount: '10' });
    await client.next(({ frame }) => frame.type === 'COMMAND_RESULT');
    await other.ask('GET_SYSTEM_STATS', {});

    expect(other.events).toMatchObject([{ entry: { type: 'COST' } }, { entry: { type: 'TRANSFER' } }]);
    expect(client.resultsOf(id)).toHaveLength(1);
    expect(other.resultsOf(id)).toEqual([]);
    for (const { frame, text } of client.heard)
      if (frame.type === 'COMMAND_RESULT') expect(text).not.toMatch(/^\{[^{]*"(?:seq|instanceId|sentAt)"/);
  });
});

describe('FUNDING_UPDATE', () => {
  it('comes at most ten times a second, however fast the market runs', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('SET_CLOCK', { speed: 3_600 });
    await client.ask('START_ENGINE', START);
    for (let frame = 0; frame < 8; frame += 1) await client.nextFigures();

    const sent = figuresOf(client).map(({ sentAt }) => sentAt);
    // Each is made 100 ms after the one before, and leaves as soon as it is made: a busy machine lets one be late.
    expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeGreaterThan((sent.length - 1) * 100 - 60);
  });

  it('[R2.9] shows a changed account with the first figures after the change, and none waits longer than 500 ms', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SET_CLOCK', { speed: 'pause' });
    const watcher = rig.connect();
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '123' });
    const { frame } = await watcher.next(({ frame }) => frame.type === 'FUNDING_UPDATE');
    expect(frame).toMatchObject({ data: { totalCollateral: rig.figures.totalCollateral } });
    expect(FUNDING_UPDATE_EVERY_MS).toBeLessThanOrEqual(500);
  });

  it('[R1.7] comes once a second although nothing happens, so that a dead line is noticed', async () => {
    const client = newRig().connect();
    await client.nextFigures();
    await client.nextFigures();
    const [a = 0, b = 0] = figuresOf(client)
      .slice(-2)
      .map(({ sentAt }) => sentAt);
    expect(b - a).toBeGreaterThanOrEqual(990);
    expect(b - a).toBeLessThan(1_900);
  });

  it('does not come to a client that reads slowly; the newest does once it has caught up, and no older one', async () => {
    const { rig, client } = await hedgedRig();
    const slow = rig.connect();
    await slow.nextFigures();
    slow.waitingBytes = 64 * 1024 + 1;
    const had = figuresOf(slow).length;

    const there = await client.nextFunding();
    await client.ask('SET_CLOCK', { speed: 'pause' });
    expect(figuresOf(slow)).toHaveLength(had);

    slow.waitingBytes = 64 * 1024;
    const caughtUp = await slow.nextFigures();
    expect(caughtUp.timestamp).toBe(there.timestamp);
    expect(figuresOf(slow)).toHaveLength(had + 1);
    expect(seqs(slow)).toEqual(upTo(slow.broadcasts.length));
  });
});

describe('a client that reads slowly', () => {
  it('gets every event and every result all the same', async () => {
    const { rig, client } = await hedgedRig();
    const slow = rig.connect();
    slow.waitingBytes = MAX_WAITING_BYTES;
    const heard = statusesOf(client).length;

    await slow.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '10' });
    await client.nextFunding();
    await slow.ask('GET_SYSTEM_STATS', {});

    expect(statusesOf(slow).map(({ data }) => data)).toEqual(
      statusesOf(client)
        .slice(heard)
        .map(({ data }) => data),
    );
    expect(statusesOf(slow).length).toBeGreaterThan(2);
    expect(slow.closedFor).toBeUndefined();
  });

  it('is closed once over 8 MiB wait for it, and nobody else notices', async () => {
    const { rig, client } = await hedgedRig();
    const [slow, other] = [rig.connect(), rig.connect()];
    expect((await client.ask('GET_SYSTEM_STATS', {})).connections).toBe(3);

    slow.waitingBytes = MAX_WAITING_BYTES + 1;
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '10' });

    expect(slow.closedFor).toBe('tooSlow');
    expect([client.closedFor, other.closedFor]).toEqual([undefined, undefined]);
    expect((await other.ask('GET_SYSTEM_STATS', {})).connections).toBe(2);
    expect(rig.status.state).toBe('running');
  });

  it('is closed too where only results wait for it', async () => {
    const client = newRig().connect();
    client.waitingBytes = MAX_WAITING_BYTES + 1;
    client.post('GET_SYSTEM_STATS', {});
    await expect.poll(() => client.closedFor).toBe('tooSlow');
  });
});

describe('the program, when it stops,', () => {
  it('ends every connection, and says why', async () => {
    const rig = newRig();
    const clients = [rig.connect(), rig.connect()];
    await rig.close();
    expect(clients.map(({ closedFor }) => closedFor)).toEqual(['goingAway', 'goingAway']);
  });

  it('answers what was asked before it stops', async () => {
    const { rig, client } = await hedgedRig();
    const id = client.post('DRIFT_DEPOSIT', { asset: 'USDC', amount: '10' });
    await rig.close();
    expect(client.resultsOf(id).map(({ frame }) => frame.status)).toEqual(['ok']);
  });
});

describe('a broadcaster', () => {
  it('writes figures once for all, leaves gone clients out, and looks at nothing while nobody listens', async () => {
    const { rig } = await hedgedRig();
    const { figures } = rig;
    const looks: number[] = [];
    const broadcaster = new Broadcaster({
      instanceId: 'here',
      funding: () => {
        looks.push(stopwatch());
        return figures;
      },
      explain: (error) => error,
      now: () => 5,
      elapsed: stopwatch,
    });
    const sent: string[][] = [[], []];
    const reasons: CloseReason[] = [];
    const listeners = sent.map(
      (texts) =>
        new Listener({
          send: (text) => texts.push(text),
          waitingBytes: 0,
          close: (reason) => reasons.push(reason),
        }),
    );
    broadcaster.changed();
    await pause(150);
    expect(looks).toEqual([]);
    for (const listener of listeners) broadcaster.add(listener);
    broadcaster.changed();
    await expect.poll(() => sent[0]?.length).toBe(1);
    const [gone] = listeners;
    if (gone !== undefined) broadcaster.remove(gone);
    broadcaster.changed();
    broadcaster.changed();
    await expect.poll(() => sent[1]?.length).toBe(2);
    await broadcaster.close();

    expect(looks).toHaveLength(2);
    expect((looks[1] ?? 0) - (looks[0] ?? 0)).toBeGreaterThan(99);
    expect(sent[0]).toHaveLength(1);
    expect(sent[1]?.map((text) => JSON.parse(text) as object)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect(reasons).toEqual(['goingAway']);
    expect(broadcaster.connections).toBe(0);
  });
});
