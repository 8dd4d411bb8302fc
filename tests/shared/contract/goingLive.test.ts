import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/shared/contract/commands.ts';

const accepts = (payload: object): boolean => COMMANDS.START_ENGINE.payload.safeParse(payload).success;

const PAPER = { engine: 'funding', mode: 'paper' };
const STANDING = { perTrade: '250', perDay: '1000', until: 1_900_000_000_000 };
const TRADING = { purpose: 'trading', typed: 'LIVE', standing: STANDING };
const live = (given: object) => ({
  engine: 'funding',
  mode: 'live',
  venue: 'drift',
  subAccount: 3,
  live: given,
});

describe('the start of a live engine', () => {
  it('takes the word LIVE as it was typed, with or without a standing confirmation', () => {
    expect(accepts(live(TRADING))).toBe(true);
    expect(accepts(live({ ...TRADING, standing: null, handOver: true }))).toBe(true);
  });

  it.each(['live', 'LIVE ', 'Live', '', 'PAPER', undefined])('[R8.1] does not take "%s" for it', (typed) => {
    expect(accepts(live({ ...TRADING, typed }))).toBe(false);
  });

  it('has to say what is granted, be it nothing', () => {
    expect(accepts(live({ purpose: 'trading', typed: 'LIVE' }))).toBe(false);
  });

  it.each([
    { perTrade: '0' },
    { perTrade: '-1' },
    { perDay: '1e9' },
    { perDay: 1000 },
    { until: 1.5 },
    { until: '2030-01-01' },
    { more: '1' },
  ])('refuses a standing confirmation with %j', (wrong) => {
    expect(accepts(live({ ...TRADING, standing: { ...STANDING, ...wrong } }))).toBe(false);
  });

  it('[R2.1] needs no word to only watch, whoever it is, and takes no grant with it', () => {
    expect(accepts(live({ purpose: 'monitoring' }))).toBe(true);
    expect(accepts(live({ purpose: 'monitoring', owner: '1'.repeat(32) }))).toBe(true);
    expect(accepts(live({ purpose: 'monitoring', owner: 'nobody' }))).toBe(false);
    expect(accepts(live({ purpose: 'monitoring', standing: STANDING }))).toBe(false);
  });

  it('goes with the mode: live never without, paper never with', () => {
    expect(accepts({ engine: 'funding', mode: 'live' })).toBe(false);
    expect(accepts(PAPER)).toBe(true);
    expect(accepts({ ...PAPER, live: TRADING })).toBe(false);
  });
});
