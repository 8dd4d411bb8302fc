import { describe, expect, test } from 'vitest';
import {
  driftInstructionOf,
  type AccountRole,
} from '../../../../src/main/custody/policy/driftInstructions.ts';
import { discriminator } from './driftByHand.ts';
import { DRIFT_IDL } from './driftIdl.ts';
import { NEEDED } from './drains/driftDrains.ts';

/** What each role is called where Drift describes its instructions. */
const CALLED: Readonly<Record<AccountRole, readonly string[]>> = {
  state: ['state'],
  driftSigner: ['driftSigner'],
  signer: ['authority', 'payer'],
  owner: ['authority'],
  user: ['user', 'fromUser', 'toUser'],
  userStats: ['userStats'],
  spotMarket: ['spotMarket'],
  vault: ['spotMarketVault'],
  insuranceVault: ['insuranceFundVault'],
  insuranceStake: ['insuranceFundStake'],
  quoteVault: ['spotMarketVault'],
  source: ['userTokenAccount'],
  destination: ['userTokenAccount'],
  tokenProgram: ['tokenProgram'],
  systemProgram: ['systemProgram'],
  rent: ['rent'],
};

const FROM_THE_USER = ['deposit', 'deposit_into_isolated_perp_position', 'add_insurance_fund_stake'];

describe('an instruction of Drift that the app needs', () => {
  test.each(NEEDED)('%s has the accounts and arguments that Drift’s SDK gives it', (name) => {
    const listed = driftInstructionOf(discriminator(name));
    const described = DRIFT_IDL.find((one) => one.name === name);
    expect(listed?.name).toBe(name);
    expect(listed?.accounts.length).toBe(described?.accounts.length);
    expect(listed?.arguments.length).toBe(described?.args);
    listed?.accounts.forEach((role, place) => {
      expect(CALLED[role]).toContain(described?.accounts[place]);
    });
  });

  test.each(NEEDED)('%s takes tokens from any account, and brings them only to an own one', (name) => {
    const listed = driftInstructionOf(discriminator(name));
    const described = DRIFT_IDL.find((one) => one.name === name);
    const place = described?.accounts.indexOf('userTokenAccount') ?? -1;
    const role = FROM_THE_USER.includes(name) ? 'source' : 'destination';
    expect(listed?.accounts[place]).toBe(place === -1 ? undefined : role);
  });
});
