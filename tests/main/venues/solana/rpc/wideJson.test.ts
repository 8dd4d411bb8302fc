import fc from 'fast-check';
import { expect, it } from 'vitest';

import { parseWide, writeWide } from '../../../../../src/main/venues/solana/rpc/wideJson.ts';

it('reads every 64-bit integer as it is', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
      const [read] = parseWide(`[${value}]`) as [number | bigint];
      expect(BigInt(read)).toBe(value);
      expect(typeof read).toBe(Number.isSafeInteger(Number(value)) ? 'number' : 'bigint');
      expect(writeWide([read])).toBe(`[${value}]`);
    }),
  );
});

it('reads and writes everything else as JSON does', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const read: unknown = parseWide(json);
      fc.pre(!/\d{16}/.test(json));
      expect(read).toEqual(JSON.parse(json));
      expect(writeWide(read)).toBe(JSON.stringify(read));
    }),
  );
});

it('leaves digits in texts and fractions alone', () => {
  expect(parseWide('{"text":"18446744073709551615","part":0.1234567890123456,"big":1e300}')).toEqual({
    text: '18446744073709551615',
    part: 0.1234567890123456,
    big: 1e300,
  });
});
