import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DRIFT_PROGRAM } from '../../../../src/main/venues/drift/addresses.ts';
import { dataOf } from '../../../../src/main/venues/drift/programLogs.ts';

const TOKEN = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const THIEF = 'Thief1111111111111111111111111111111111111v';
const BUDGET = 'ComputeBudget111111111111111111111111111111';

const invoke = (program: string, depth: number): string => `Program ${program} invoke [${depth}]`;
const success = (program: string): string => `Program ${program} success`;
const data = (text: string): string => `Program data: ${text}`;

describe('what a program logged of its own', () => {
  it('is what it logged while it ran itself, before and after the programs that it calls', () => {
    expect(
      dataOf(DRIFT_PROGRAM, [
        invoke(BUDGET, 1),
        success(BUDGET),
        invoke(DRIFT_PROGRAM, 1),
        'Program log: Instruction: Deposit',
        data('b25l'),
        invoke(TOKEN, 2),
        'Program log: Instruction: Transfer',
        `Program ${TOKEN} consumed 4645 of 176000 compute units`,
        success(TOKEN),
        data('dHdv'),
        `Program ${DRIFT_PROGRAM} consumed 50000 of 200000 compute units`,
        success(DRIFT_PROGRAM),
      ]),
    ).toEqual({ data: ['b25l', 'dHdv'], isTruncated: false });
  });

  it('is heard when another program has called it, and that program is not', () => {
    expect(
      dataOf(DRIFT_PROGRAM, [
        invoke(THIEF, 1),
        data('Zm9yZ2Vk'),
        invoke(DRIFT_PROGRAM, 2),
        data('b25l'),
        success(DRIFT_PROGRAM),
        data('Zm9yZ2Vk'),
        success(THIEF),
        data('Zm9yZ2Vk'),
      ]).data,
    ).toEqual(['b25l']);
  });

  it('is no word of a program that it calls, though that logs the bytes of its events', () => {
    expect(
      dataOf(DRIFT_PROGRAM, [
        invoke(DRIFT_PROGRAM, 1),
        invoke(THIEF, 2),
        data('Zm9yZ2Vk'),
        success(THIEF),
        success(DRIFT_PROGRAM),
        invoke(THIEF, 1),
        data('Zm9yZ2Vk'),
        success(THIEF),
      ]).data,
    ).toEqual([]);
  });

  it.each([
    ['a call of ours', `Program log: ${invoke(DRIFT_PROGRAM, 1)}`],
    ['a call of ours on a line of its own', `Program log: x\n${invoke(DRIFT_PROGRAM, 1)}`],
    ['its own end', `Program log: ${success(THIEF)}`],
    ['its own end on a line of its own', `Program log: \n${success(THIEF)}`],
    ['data of ours', `Program log: ${invoke(DRIFT_PROGRAM, 1)}\n${data('Zm9yZ2Vk')}`],
    ['a cut', 'Program log: Log truncated'],
    ['an answer', `Program return: ${DRIFT_PROGRAM} Zm9yZ2Vk`],
  ])('a program that imitates the runtime is not taken for it: %s', (_, imitation) => {
    expect(
      dataOf(DRIFT_PROGRAM, [
        invoke(THIEF, 1),
        imitation,
        data('Zm9yZ2Vk'),
        success(THIEF),
        invoke(DRIFT_PROGRAM, 1),
        data('b25l'),
        success(DRIFT_PROGRAM),
      ]),
    ).toEqual({ data: ['b25l'], isTruncated: false });
  });

  it('a program that ends in failure ends, and who called it goes on', () => {
    expect(
      dataOf(DRIFT_PROGRAM, [
        invoke(DRIFT_PROGRAM, 1),
        invoke(THIEF, 2),
        `Program ${THIEF} failed: custom program error: 0x1`,
        data('b25l'),
        `Program ${DRIFT_PROGRAM} failed: custom program error: 0x1`,
        data('Zm9yZ2Vk'),
      ]).data,
    ).toEqual(['b25l']);
  });

  it('a log that the node has cut says so, and nothing behind the cut is heard', () => {
    expect(
      dataOf(DRIFT_PROGRAM, [invoke(DRIFT_PROGRAM, 1), data('b25l'), 'Log truncated', data('dHdv')]),
    ).toEqual({ data: ['b25l'], isTruncated: true });
    expect(dataOf(DRIFT_PROGRAM, [])).toEqual({ data: [], isTruncated: false });
  });

  it('of any calls within calls is what it logged itself, in order', () => {
    interface Call {
      readonly program: string;
      readonly parts: readonly (number | Call)[];
    }
    const anyProgram = fc.constantFrom(DRIFT_PROGRAM, TOKEN, THIEF);
    const { call } = fc.letrec<{ call: Call; part: number | Call }>((tie) => ({
      call: fc.record({ program: anyProgram, parts: fc.array(tie('part'), { maxLength: 5 }) }),
      part: fc.oneof({ depthSize: 'small' }, fc.nat(999), tie('call')),
    }));
    const logsOf = ({ program, parts }: Call, depth: number): string[] => [
      invoke(program, depth),
      ...parts.flatMap((part) => (typeof part === 'number' ? [data(`${part}`)] : logsOf(part, depth + 1))),
      success(program),
    ];
    const saidBy = ({ program, parts }: Call): string[] =>
      parts.flatMap((part) =>
        typeof part === 'number' ? (program === DRIFT_PROGRAM ? [`${part}`] : []) : saidBy(part),
      );
    fc.assert(
      fc.property(fc.array(call, { maxLength: 4 }), (calls) => {
        const logs = calls.flatMap((one) => logsOf(one, 1));
        expect(dataOf(DRIFT_PROGRAM, logs)).toEqual({ data: calls.flatMap(saidBy), isTruncated: false });
      }),
    );
  });
});
