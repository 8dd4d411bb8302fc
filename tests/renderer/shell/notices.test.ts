import { beforeEach, expect, test } from 'vitest';
import { sayByHand, toldBeside, useNotices } from '../../../src/renderer/shell/notices.ts';
import type { EventEntry } from '../../../src/shared/contract/eventEntry.ts';

const blocked = (because: string): EventEntry => ({ seq: 1, t: 1, type: 'BLOCKED', data: { because } });
const kinds = () => useNotices.getState().notices.map(({ kind }) => kind);

beforeEach(() => useNotices.setState({ notices: [] }));

test('a trade by hand that was blocked is said', () => {
  sayByHand(blocked('The health would be too low.'));
  expect(kinds()).toEqual(['byHand']);
});

test('what is said beside its field is not said in the corner too, whichever comes first', () => {
  toldBeside('Too large.');
  sayByHand(blocked('Too large.'));
  expect(kinds()).toEqual([]);
  sayByHand(blocked('Too large.'));
  expect(kinds()).toEqual(['byHand']);
  toldBeside('Too large.');
  expect(kinds()).toEqual([]);
});

test('another one is said all the same', () => {
  toldBeside('Too large.');
  sayByHand(blocked('Too small.'));
  expect(kinds()).toEqual(['byHand']);
});
