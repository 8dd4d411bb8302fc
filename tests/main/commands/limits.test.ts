import { describe, expect, it } from 'vitest';

import { stopwatch } from '../../../src/main/platform/clock.ts';
import { pause } from '../../../src/main/platform/timers.ts';
import {
  MAX_FRAMES_A_SECOND,
  MAX_FRAME_BYTES,
  MAX_MALFORMED_FRAMES,
} from '../../../src/shared/contract/protocol.ts';
import { hedgedRig, newRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';

const ID = '3f2b8a52-6a0e-4bb8-a2f0-6d6b1a0c7e11';
const frameOf = (command: string, payload: unknown = {}): string =>
  JSON.stringify({ id: ID, command, payload });

/** Nothing of what happened to one client has touched anyone else. */
async function expectUnharmed(rig: ProgramRig, other: RigClient): Promise<void> {
  const figures = await other.nextFunding();
  expect(figures.target).toBe('hedged');
  expect(rig.status.state).toBe('running');
  expect(other.closedFor).toBeUndefined();
}

describe('a frame', () => {
  it('of 256 KiB is taken; one byte more closes its connection, and the engine goes on', async () => {
    const { rig, client } = await hedgedRig();
    const [large, larger] = [rig.connect(), rig.connect()];
    const id = large.post('GET_SYSTEM_STATS', {});
    const text = JSON.stringify({ id, command: 'GET_SYSTEM_STATS', payload: {} });
    const answered = large.next(({ frame }) => frame.type === 'COMMAND_RESULT');
    large.raw(text.padEnd(MAX_FRAME_BYTES));
    await answered;
    expect(large.closedFor).toBeUndefined();

    larger.raw(text.padEnd(MAX_FRAME_BYTES + 1));
    expect(larger.closedFor).toBe('tooLarge');
    expect(larger.heard).toEqual([]);
    await expectUnharmed(rig, client);
  });

  it('is measured in bytes of UTF-8, and not in characters', () => {
    const client = newRig().connect();
    client.raw('é'.repeat(MAX_FRAME_BYTES / 2));
    expect(client.closedFor).toBeUndefined();
    client.raw(`${'é'.repeat(MAX_FRAME_BYTES / 2)}x`);
    expect(client.closedFor).toBe('tooLarge');
  });

  it('of 10 MB closes its connection at once', async () => {
    const { rig, client } = await hedgedRig();
    const huge = rig.connect();
    huge.raw(frameOf('GET_STATUS', { text: 'x'.repeat(10_000_000) }));
    expect(huge.closedFor).toBe('tooLarge');
    await expectUnharmed(rig, client);
  });

  it('after the connection was closed is not heard', async () => {
    const { rig, client } = await hedgedRig();
    const closed = rig.connect();
    closed.raw('x'.repeat(MAX_FRAME_BYTES + 1));
    const id = closed.post('SOS', { flatten: false });
    await client.ask('GET_SYSTEM_STATS', {});
    expect(closed.resultsOf(id)).toEqual([]);
    expect(rig.status.state).toBe('running');
  });
});

describe('malformed frames', () => {
  it('are each answered INVALID_PAYLOAD; the hundredth closes the connection, and the engine goes on', async () => {
    const { rig, client } = await hedgedRig();
    const rude = rig.connect();
    const rudeness = ['', '{', '5', '"text"', '{"id":1}', '[[[[', '{"id":"x","command":"SOS"}', '\u0000'];
    for (let at = 1; at < MAX_MALFORMED_FRAMES; at += 1) {
      rude.raw(rudeness[at % rudeness.length] ?? '');
      expect(rude.closedFor).toBeUndefined();
    }
    const results = rude.heard.filter(({ frame }) => frame.type === 'COMMAND_RESULT');
    expect(results).toHaveLength(MAX_MALFORMED_FRAMES - 1);
    for (const { frame } of results)
      expect(frame).toMatchObject({ status: 'error', error: { code: 'INVALID_PAYLOAD' } });
    rude.raw('{');
    expect(rude.closedFor).toBe('malformed');
    await expectUnharmed(rig, client);
    rude.problems.length = 0;
  });

  it('are frames that are none: a command with a bad payload is not counted', async () => {
    const client = newRig().connect();
    for (let at = 0; at < MAX_MALFORMED_FRAMES + 1; at += 1)
      expect((await client.refusal('SOS', { flatten: 'yes' })).code).toBe('INVALID_PAYLOAD');
    expect(client.closedFor).toBeUndefined();
  });

  it('of one client are not counted against another', () => {
    const rig = newRig();
    const clients = [rig.connect(), rig.connect()];
    for (let at = 1; at < MAX_MALFORMED_FRAMES; at += 1) for (const client of clients) client.raw('{');
    expect(clients.map(({ closedFor }) => closedFor)).toEqual([undefined, undefined]);
  });
});

describe('over 500 frames in a second', () => {
  it('close the connection at the next one, and the engine goes on', async () => {
    const { rig, client } = await hedgedRig();
    for (;;) {
      const fast = rig.connect();
      const begun = stopwatch();
      for (let at = 0; at < MAX_FRAMES_A_SECOND; at += 1) fast.post('NOTHING', {});
      const before = fast.closedFor;
      fast.post('NOTHING', {});
      // On a machine that took longer than a second for them, they were none too many.
      if (stopwatch() - begun >= 1_000) continue;
      expect([before, fast.closedFor]).toEqual([undefined, 'tooFast']);
      break;
    }
    await expectUnharmed(rig, client);
  });

  it('are not as many that take longer', async () => {
    const client = newRig().connect();
    for (let round = 0; round < 2; round += 1) {
      for (let at = 0; at < MAX_FRAMES_A_SECOND; at += 1) client.post('NOTHING', {});
      await pause(1_010);
    }
    expect(client.closedFor).toBeUndefined();
  });
});
