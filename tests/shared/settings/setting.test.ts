import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatDecimal, parseBase, parseRate, parseUsd } from '../../../src/shared/money/decimal.ts';
import {
  choiceSetting,
  multipleSetting,
  numberSetting,
  percentSetting,
  solSetting,
  usdSetting,
} from '../../../src/shared/settings/setting.ts';

const about = { fallback: '1', meaning: 'What it is for.' };
const percent = percentSetting({ name: 'a.tolerancePct', min: '0.01', max: '50', ...about });
const multiple = multipleSetting({ name: 'a.leverage', min: '0.1', max: '10', ...about });
const dollars = usdSetting({ name: 'a.minimumUsd', min: '0', max: '1000000', ...about });
const size = solSetting({ name: 'a.reserveSol', min: '0.001', max: '10', ...about });
const pauseMs = numberSetting({
  name: 'a.pauseMs',
  unit: 'ms',
  min: '-5',
  max: '90000',
  whole: true,
  ...about,
});
const ratio = numberSetting({ name: 'a.ratio', unit: 'times', min: '-2.5', max: '2.5', ...about });
const choice = choiceSetting({ name: 'a.policy', fallback: 'on', meaning: 'Whether.' }, ['on', 'off']);

const ABSURD = [
  '',
  ' ',
  'NaN',
  'nan',
  'Infinity',
  '-Infinity',
  '1e1',
  '0x1',
  '+1',
  ' 1',
  '1 ',
  '1%',
  '$1',
  '1,5',
  '1.',
  '.5',
  '1_0',
  '--1',
  'one',
  'null',
  'undefined',
  '[1]',
  '9'.repeat(400),
  `-${'9'.repeat(400)}`,
];

const refusalOf = (name: string, text: string): unknown =>
  expect.objectContaining({ name: 'AppError', code: 'INVALID_SETTING', details: { name, value: text } });

describe('a setting', () => {
  it.each([percent, multiple, dollars, size, pauseMs, ratio, choice])(
    'refuses what is no value of $name',
    (setting) => {
      for (const text of ABSURD) {
        expect(() => setting.parse(text), `of ${JSON.stringify(text)}`).toThrow(
          refusalOf(setting.name, text),
        );
      }
    },
  );

  it('turns a percentage into a fraction', () => {
    expect(percent.parse('1')).toBe(parseRate('0.01'));
    expect(percent.parse('0.5')).toBe(parseRate('0.005'));
    expect(percent.parse('12.3456789012')).toBe(parseRate('0.123456789012'));
  });

  it('keeps a multiple, dollars and a size as they are', () => {
    expect(multiple.parse('5')).toBe(parseRate('5'));
    expect(dollars.parse('10.000001')).toBe(parseUsd('10.000001'));
    expect(size.parse('0.017')).toBe(parseBase('0.017'));
  });

  it.each([
    // the least, one unit under it, the most, one unit over it
    [percent, '0.01', '0.0099999999', '50', '50.0000000001'],
    [multiple, '0.1', '0.099999999999', '10', '10.000000000001'],
    [dollars, '0', '-0.000001', '1000000', '1000000.000001'],
    [size, '0.001', '0.000999999', '10', '10.000000001'],
    [pauseMs, '-5', '-6', '90000', '90001'],
    [ratio, '-2.5', '-2.50001', '2.5', '2.50001'],
  ])('takes both ends of its range and nothing beyond: $name', (setting, least, under, most, over) => {
    expect(() => setting.parse(least)).not.toThrow();
    expect(() => setting.parse(most)).not.toThrow();
    expect(() => setting.parse(under)).toThrow(refusalOf(setting.name, under));
    expect(() => setting.parse(over)).toThrow(refusalOf(setting.name, over));
  });

  it.each([
    [percent, '1.00000000001'],
    [multiple, '1.0000000000001'],
    [dollars, '1.0000001'],
    [size, '1.0000000001'],
  ])('refuses a digit that it could not keep: $name', (setting, text) => {
    expect(() => setting.parse(text)).toThrow(refusalOf(setting.name, text));
  });

  it('reads every value in its range exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 100_000_000n, max: 500_000_000_000n }), (raw) => {
        // A percentage has ten decimals left of the twelve of a rate.
        expect(percent.parse(formatDecimal(raw, 10))).toBe(raw);
      }),
    );
  });

  it('takes a fraction where the number need not be whole, and refuses it where it must', () => {
    expect(ratio.parse('-1.25')).toBe(-1.25);
    expect(ratio.parse('2')).toBe(2);
    expect(pauseMs.parse('1500')).toBe(1_500);
    expect(() => pauseMs.parse('1500.0')).toThrow(refusalOf('a.pauseMs', '1500.0'));
    expect(() => pauseMs.parse('1500.5')).toThrow(refusalOf('a.pauseMs', '1500.5'));
  });

  it('takes one of its choices, spelled as it is', () => {
    expect([choice.parse('on'), choice.parse('off')]).toEqual(['on', 'off']);
    expect(() => choice.parse('On')).toThrow(refusalOf('a.policy', 'On'));
    expect(() => choice.parse('constructor')).toThrow(refusalOf('a.policy', 'constructor'));
  });

  it('says in a sentence what it would have taken', () => {
    expect(() => percent.parse('51')).toThrow('a.tolerancePct cannot be "51": it takes 0.01 to 50 %.');
    expect(() => multiple.parse('x')).toThrow('a.leverage cannot be "x": it takes 0.1 to 10 x.');
    expect(() => dollars.parse('-1')).toThrow('a.minimumUsd cannot be "-1": it takes 0 to 1000000 USD.');
    expect(() => size.parse('0')).toThrow('a.reserveSol cannot be "0": it takes 0.001 to 10 SOL.');
    expect(() => pauseMs.parse('1.5')).toThrow(
      'a.pauseMs cannot be "1.5": it takes a whole number, -5 to 90000 ms.',
    );
    expect(() => ratio.parse('3')).toThrow('a.ratio cannot be "3": it takes -2.5 to 2.5 times.');
    const count = numberSetting({ name: 'a.count', unit: '', min: '0', max: '5', whole: true, ...about });
    expect(() => count.parse('6')).toThrow('a.count cannot be "6": it takes a whole number, 0 to 5.');
    expect(() => choice.parse('maybe')).toThrow('a.policy cannot be "maybe": it takes on or off.');
  });

  it('carries what a settings page shows beside its input', () => {
    expect(percent).toMatchObject({
      name: 'a.tolerancePct',
      unit: '%',
      range: '0.01 to 50',
      fallback: '1',
      meaning: 'What it is for.',
    });
    expect([multiple.unit, dollars.unit, size.unit, pauseMs.unit, choice.unit]).toEqual([
      'x',
      'USD',
      'SOL',
      'ms',
      '',
    ]);
    expect([pauseMs.range, choice.range]).toEqual(['-5 to 90000', 'on or off']);
  });

  it('whose own range is no number is a mistake that shows at once', () => {
    expect(() => percentSetting({ name: 'a.b', min: 'low', max: '1', ...about })).toThrow(
      'not a decimal number',
    );
  });
});
