import {
  ASSOCIATED_TOKEN_PROGRAM_ID,
  getAssociatedTokenAddressSync,
  NATIVE_MINT,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { ComputeBudgetProgram, PublicKey, SystemProgram, SYSVAR_RENT_PUBKEY } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivedAddress, seededAddress } from '../../../../src/main/custody/policy/derivedAddress.ts';
import { DriftAccounts } from '../../../../src/main/custody/policy/driftAccounts.ts';
import { KNOWN_MINTS, WRAPPED_SOL } from '../../../../src/main/custody/policy/mints.ts';
import { associatedAccount } from '../../../../src/main/custody/policy/ownTokens.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  DRIFT_PROGRAM,
  NO_ADDRESS,
  RENT_SYSVAR,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '../../../../src/main/custody/policy/programs.ts';
import { isTipAccount } from '../../../../src/main/custody/policy/tips.ts';
import { DRIFT, driftAddress } from './driftByHand.ts';
import { addressText, anyKey } from './messages.ts';

const anySeed = fc.uint8Array({ maxLength: 32 });

describe('an address that is worked out here is the one that web3.js works out', () => {
  test('of a program and any seeds', () => {
    fc.assert(
      fc.property(fc.array(anySeed, { maxLength: 8 }), anyKey, (seeds, program) => {
        const [expected] = PublicKey.findProgramAddressSync(seeds, program);
        expect(derivedAddress(seeds, addressText(program))).toBe(expected.toBase58());
      }),
    );
  });

  test('of a wallet, a seed and a program', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyKey,
        fc.string({ maxLength: 32, unit: 'grapheme-ascii' }),
        anyKey,
        async (base, seed, program) => {
          const expected = await PublicKey.createWithSeed(base, seed, program);
          const found = seededAddress(addressText(base), Buffer.from(seed), addressText(program));
          expect(found).toBe(expected.toBase58());
        },
      ),
    );
  });

  test('of a wallet and a mint', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (wallet, mint) => {
        const found = associatedAccount({ wallet: addressText(wallet), mint: addressText(mint) });
        expect(found).toBe(getAssociatedTokenAddressSync(mint, wallet, true).toBase58());
      }),
    );
  });

  test('of Drift, for an owner, a sub-account and a market', () => {
    const anyIndex = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(anyKey, anyIndex, anyIndex, (owner, subAccount, market) => {
        const drift = new DriftAccounts(addressText(owner));
        const by = owner.toBytes();
        expect(drift.state()).toBe(driftAddress('drift_state').toBase58());
        expect(drift.signer()).toBe(driftAddress('drift_signer').toBase58());
        expect(drift.user(subAccount)).toBe(driftAddress('user', by, subAccount).toBase58());
        expect(drift.userStats()).toBe(driftAddress('user_stats', by).toBase58());
        expect(drift.spotMarket(market)).toBe(driftAddress('spot_market', market).toBase58());
        expect(drift.vault(market)).toBe(driftAddress('spot_market_vault', market).toBase58());
        expect(drift.insuranceVault(market)).toBe(driftAddress('insurance_fund_vault', market).toBase58());
        expect(drift.insuranceStake(market)).toBe(
          driftAddress('insurance_fund_stake', by, market).toBase58(),
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('the sub-account of an address', () => {
  test('is found among the first 64, and for no other owner', () => {
    fc.assert(
      fc.property(anyKey, anyKey, fc.integer({ min: 0, max: 63 }), (owner, other, subAccount) => {
        fc.pre(!owner.equals(other));
        const address = addressText(driftAddress('user', owner.toBytes(), subAccount));
        expect(new DriftAccounts(addressText(owner)).subAccountOf(address)).toBe(subAccount);
        expect(new DriftAccounts(addressText(other)).subAccountOf(address)).toBeUndefined();
      }),
      { numRuns: 10 },
    );
  });

  test('is not looked for beyond them', () => {
    const owner = new PublicKey(Buffer.alloc(32, 3));
    const address = addressText(driftAddress('user', owner.toBytes(), 64));
    expect(new DriftAccounts(addressText(owner)).subAccountOf(address)).toBeUndefined();
  });
});

describe('what is compiled in', () => {
  test('are the programs that web3.js, spl-token and Drift’s SDK call', () => {
    expect(SYSTEM_PROGRAM).toBe(SystemProgram.programId.toBase58());
    expect(COMPUTE_BUDGET_PROGRAM).toBe(ComputeBudgetProgram.programId.toBase58());
    expect(TOKEN_PROGRAM).toBe(TOKEN_PROGRAM_ID.toBase58());
    expect(ASSOCIATED_TOKEN_PROGRAM).toBe(ASSOCIATED_TOKEN_PROGRAM_ID.toBase58());
    expect(DRIFT_PROGRAM).toBe(DRIFT.toBase58());
    expect(RENT_SYSVAR).toBe(SYSVAR_RENT_PUBKEY.toBase58());
    expect(NO_ADDRESS).toBe(PublicKey.default.toBase58());
  });

  test('is wrapped SOL, and mints that are addresses', () => {
    expect(WRAPPED_SOL).toBe(NATIVE_MINT.toBase58());
    for (const mint of KNOWN_MINTS.keys()) expect(new PublicKey(mint).toBase58()).toBe(mint);
    expect(KNOWN_MINTS.size).toBe(4);
  });

  test('are the accounts that take tips, and no others', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(isTipAccount(addressText(key))).toBe(false);
      }),
    );
    expect(isTipAccount(addressText(new PublicKey('ADuUkR4vqLUMWXxW9gh6D6L8pMSawimctcNZ5pGwDcEt')))).toBe(
      true,
    );
  });
});
