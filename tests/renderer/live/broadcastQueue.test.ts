import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/renderer/live/applyBatch.ts';
import { BroadcastQueue } from '../../../src/renderer/live/broadcastQueue.ts';
import { entry, statusFrame, updateFrame } from '../samples.ts';

function queueWith() {
  const frames: (() => void)[] = [];
  const batches: Batch[] = [];
  const queue = new BroadcastQueue(
    (call) => frames.push(call),
    (batch) => batches.push(batch),
  );
  return { queue, frames, batches };
}

describe('broadcasts', () => {
  test('of one frame are one change, with the latest figures and every event', () => {
    const { queue, frames, batches } = queueWith();
    for (let seq = 1; seq <= 100; seq += 1) {
      queue.add(updateFrame(seq, { equity: String(seq) }));
      queue.add(statusFrame(seq, { kind: 'log', entry: entry(seq) }));
    }
    expect(frames).toHaveLength(1);
    expect(batches).toEqual([]);
    frames[0]?.();
    expect(batches).toHaveLength(1);
    expect(batches[0]?.updates.map(({ equity }) => equity)).toEqual(['100']);
    expect(batches[0]?.statuses).toHaveLength(100);
    queue.add(updateFrame(101));
    expect(frames).toHaveLength(2);
  });

  test('do not pile up while no frame is drawn', () => {
    const { queue, batches } = queueWith();
    for (let seq = 1; seq <= 10_000; seq += 1)
      queue.add(statusFrame(seq, { kind: 'log', entry: entry(seq) }));
    expect(batches.length).toBeGreaterThan(3);
    expect(batches.flatMap(({ statuses }) => statuses).length).toBeGreaterThan(8_000);
  });

  test('that came before a snapshot are handed on before it', () => {
    const { queue, frames, batches } = queueWith();
    queue.add(updateFrame(1));
    queue.flush();
    expect(batches).toHaveLength(1);
    frames[0]?.();
    expect(batches).toHaveLength(1);
  });
});
