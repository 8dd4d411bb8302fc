import { expect, test } from 'vitest';
import { pageOptions } from '../../../src/renderer/theme/pageOptions.ts';

test('the address may fix the scheme and stop what moves', () => {
  expect(pageOptions('?scheme=light&still')).toEqual({ still: true, scheme: 'light' });
  expect(pageOptions('')).toEqual({ still: false, scheme: null });
});

test('a scheme that does not exist is ignored', () => {
  expect(pageOptions('?scheme=pink')).toEqual({ still: false, scheme: null });
});
