import { TaskCancelledError } from 'cockatiel';
import { expect, it } from 'vitest';

import { isOutage } from '../../../../src/main/market/access/outage.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { ERROR_CODES, type ErrorCode } from '../../../../src/shared/contract/errorCodes.ts';

const withCode = (code: string): Error => Object.assign(new Error('no'), { code });

it.each([
  ['a time-out of a signal', new DOMException('late', 'TimeoutError')],
  ['a time-out of our own', new TaskCancelledError()],
  ['a connection that is refused', withCode('ECONNREFUSED')],
  ['a name that cannot be looked up', withCode('EAI_AGAIN')],
  ['what fetch says of a reset connection', new TypeError('fetch failed', { cause: withCode('ECONNRESET') })],
])('%s is an outage', (_, error) => {
  expect(isOutage(error)).toBe(true);
});

it.each([
  ['a fault of ours', new TypeError('x is not a function')],
  ['a file that is missing', withCode('ENOENT')],
  ['something given up', new DOMException('ended', 'AbortError')],
  ['no error at all', 'ECONNRESET'],
])('%s is none', (_, error) => {
  expect(isOutage(error)).toBe(false);
});

it('of the coded errors, only a venue that does not answer is one', () => {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  expect(codes.filter((code) => isOutage(new AppError(code, 'so', {}, { retryable: true })))).toEqual([
    'VENUE_UNAVAILABLE',
  ]);
});
