import { describe, expect, it } from 'vitest';
import { InterruptionReport, type Noticer } from '../../../src/main/desktop/interruptionReport.ts';
import type { Interruption } from '../../../src/shared/contract/engineStatus.ts';

type Said = readonly [Noticer, Interruption['cause'], number, number];

function told(...said: readonly Said[]): readonly string[] {
  const heard: string[] = [];
  const report = new InterruptionReport(({ cause, from, to }) => heard.push(`${cause} ${from}-${to}`));
  for (const [by, cause, from, to] of said) report.heard(by, { cause, from, to });
  return heard;
}

describe('[R11.5] an interruption', () => {
  it('that both notice is reported once, whoever is first', () => {
    expect(told(['system', 'sleep', 200, 800], ['watch', 'sleep', 199, 801])).toEqual(['sleep 200-800']);
    expect(told(['watch', 'clockJump', 199, 801], ['system', 'sleep', 200, 800])).toEqual([
      'clockJump 199-801',
    ]);
  });

  it('that only one notices is reported', () => {
    expect(told(['system', 'sleep', 200, 800])).toEqual(['sleep 200-800']);
    expect(told(['watch', 'sleep', 200, 800])).toEqual(['sleep 200-800']);
  });

  it('that follows another is another', () => {
    expect(
      told(
        ['system', 'sleep', 200, 800],
        ['watch', 'sleep', 199, 801],
        ['system', 'sleep', 800.5, 900],
        ['watch', 'sleep', 801, 901],
      ),
    ).toEqual(['sleep 200-800', 'sleep 800.5-900']);
    expect(told(['watch', 'sleep', 1, 2], ['watch', 'sleep', 1.5, 3])).toHaveLength(2);
    expect(told(['system', 'sleep', 200, 800], ['watch', 'clockJump', 900, 990])).toHaveLength(2);
  });

  it('that sets the clock back is never a sleep', () => {
    expect(told(['system', 'sleep', 200, 800], ['watch', 'clockJump', 801, 500])).toEqual([
      'sleep 200-800',
      'clockJump 801-500',
    ]);
  });
});
