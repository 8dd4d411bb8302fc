import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { ERROR_CODES } from '../../../src/shared/contract/errorCodes.ts';
import { ensureNever } from '../../../src/shared/never.ts';

describe('[R8.9] an error', () => {
  it('carries a stable code, a sentence for a person and the numbers behind it', () => {
    const error = new AppError('HEALTH_TOO_LOW', 'Health would fall to 12.0 %.', { healthPct: 12 });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'AppError',
      code: 'HEALTH_TOO_LOW',
      message: 'Health would fall to 12.0 %.',
      details: { healthPct: 12 },
      retryable: false,
    });
  });

  it('is final and has no details or cause unless it says so', () => {
    const plain = new AppError('INTERNAL', 'Something.');
    expect(plain.details).toEqual({});
    expect(plain.retryable).toBe(false);
    expect('cause' in plain).toBe(false);

    const cause = new TypeError('socket');
    const passing = new AppError('VENUE_UNAVAILABLE', 'No answer.', {}, { retryable: true, cause });
    expect(passing.retryable).toBe(true);
    expect(passing.cause).toBe(cause);
  });

  it('has a code whose meaning no other code has', () => {
    const meanings = Object.values(ERROR_CODES);
    expect(new Set(meanings).size).toBe(meanings.length);
    for (const code of Object.keys(ERROR_CODES)) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  });
});

describe('a union that grew without its switch', () => {
  it('stops with the member that nobody expected', () => {
    expect(() => ensureNever({ type: 'SURPRISE' } as never)).toThrow(
      new TypeError('unexpected {"type":"SURPRISE"}'),
    );
  });
});
