import { describe, expect, it } from 'vitest';

import { Operations, refuseCancelled } from '../../../src/main/commands/operations.ts';
import type { OperationView } from '../../../src/shared/contract/commands/operationCommands.ts';

const CANCELLED = { code: 'CANCELLED', message: 'Ended.', details: {} } as const;

function operationsAt() {
  let [now, ids] = [1_000, 0];
  const reported: OperationView[] = [];
  const operations = new Operations({
    nextId: () => `o${(ids += 1)}`,
    now: () => now,
    reported: (view) => reported.push(view),
  });
  return {
    operations,
    reported,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('operations', () => {
  it('run, tell how far they are, and end as done, failed or cancelled', () => {
    const { operations, pass } = operationsAt();
    const ids = [1, 2, 3].map(() => operations.begin('RUN_BACKTEST').operationId);
    operations.progress(ids[0] ?? '', 5, 10);
    expect(operations.view('o1')).toEqual({
      operationId: 'o1',
      command: 'RUN_BACKTEST',
      state: 'running',
      startedAt: 1_000,
      endedAt: null,
      progress: { done: 5, total: 10 },
      error: null,
    });
    pass(50);
    operations.end('o1', null);
    operations.end('o2', { ...CANCELLED, code: 'INTERNAL' });
    operations.end('o3', CANCELLED);
    expect(ids.map((id) => operations.view(id).state)).toEqual(['done', 'failed', 'cancelled']);
    expect(operations.view('o3')).toMatchObject({ endedAt: 1_050, error: CANCELLED });
  });

  it('report progress once somebody was told of them, at most ten times a second, and the end of it always', () => {
    const { operations, reported, pass } = operationsAt();
    const { operationId } = operations.begin('RUN_BACKTEST');
    operations.progress(operationId, 0, 100);
    operations.told(operationId);
    for (let done = 1; done <= 100; done += 1) {
      operations.progress(operationId, done, 100);
      pass(10);
    }
    expect(reported.map(({ progress }) => progress?.done)).toEqual([
      1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 100,
    ]);
  });

  it('are cancelled by their signal, and one that has ended stays as it is', () => {
    const { operations } = operationsAt();
    const { operationId, signal } = operations.begin('RUN_BACKTEST');
    refuseCancelled(signal);
    operations.cancel(operationId);
    expect(() => {
      refuseCancelled(signal);
    }).toThrow('You ended this early.');
    operations.end(operationId, CANCELLED);
    expect(operations.cancel(operationId).state).toBe('cancelled');
  });

  it('of which nobody was told are forgotten, and unknown', () => {
    const { operations } = operationsAt();
    const { operationId } = operations.begin('GET_STATUS');
    operations.forget(operationId);
    expect(() => operations.view(operationId)).toThrow(`There is no operation ${operationId}.`);
    operations.progress(operationId, 1, 2);
    operations.end(operationId, null);
  });

  it('that have ended are kept for a while: the oldest go, those that run never', () => {
    const { operations } = operationsAt();
    const running = operations.begin('RUN_BACKTEST').operationId;
    const ended = Array.from({ length: 300 }, () => operations.begin('EXPORT_HISTORY').operationId);
    for (const id of ended) operations.end(id, null);
    operations.begin('GET_STATUS');
    expect(operations.view(running).state).toBe('running');
    expect(operations.view(ended.at(-1) ?? '').state).toBe('done');
    expect(() => operations.view(ended[0] ?? '')).toThrow('There is no operation');
  });

  it('are all told when the program stops', () => {
    const { operations } = operationsAt();
    const signals = [1, 2].map(() => operations.begin('RUN_BACKTEST').signal);
    operations.cancelAll();
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });
});
