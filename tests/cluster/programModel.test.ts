import { createAssociatedTokenAccountInstruction, getAssociatedTokenAddressSync } from '@solana/spl-token';
import { Keypair, PublicKey, TransactionInstruction } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DRIFT_PROGRAM, MINTS } from '../support/cluster/addresses.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
import {
  ProgramError,
  type ModelChain,
  type ProgramCall,
  type ProgramModel,
} from '../support/cluster/programModel.ts';
import {
  balanceOf,
  bid,
  call,
  funded,
  result,
  send,
  signed,
  SOL,
  transfer,
  type Answer,
  type Signed,
} from './payments.ts';

type Step = (chain: ModelChain, call: ProgramCall) => void;

/** Does by the first byte of its data what a test has put there. */
class Puppet implements ProgramModel {
  steps: Step[] = [];

  execute(called: ProgramCall, chain: ModelChain): void {
    this.steps[called.data[0] ?? 0]?.(chain, called);
  }
}

const FEE = 5_000n;
const key = (address: string): PublicKey => new PublicKey(address);

describe('a model of a program on the local node', () => {
  let puppet: Puppet;
  let cluster: LocalCluster;
  let payer: Keypair;
  beforeEach(async () => {
    puppet = new Puppet();
    cluster = await LocalCluster.start({ program: puppet });
    payer = funded(cluster);
  });
  afterEach(() => cluster.close());

  const step = (index: number, ...accounts: readonly PublicKey[]): TransactionInstruction =>
    new TransactionInstruction({
      programId: key(DRIFT_PROGRAM),
      data: Buffer.of(index),
      keys: accounts.map((pubkey) => ({
        pubkey,
        isSigner: pubkey.equals(payer.publicKey),
        isWritable: true,
      })),
    });
  const prepared = async (...instructions: TransactionInstruction[]): Promise<Signed> => {
    const { value } = await result<{ value: { blockhash: string } }>(cluster.rpcUrl, 'getLatestBlockhash');
    return signed(payer, value.blockhash, instructions);
  };
  const land = async (
    ...instructions: TransactionInstruction[]
  ): Promise<{ answer: Answer; told: unknown }> => {
    const sent = await prepared(...instructions);
    const answer = await send(cluster.rpcUrl, sent, { skipPreflight: true });
    const told = await result(cluster.rpcUrl, 'getTransaction', sent.signature, {
      maxSupportedTransactionVersion: 0,
    });
    return { answer, told };
  };
  const usdcOf = (owner: PublicKey): PublicKey => getAssociatedTokenAddressSync(key(MINTS.USDC), owner);
  const usdc = async (owner: PublicKey): Promise<string> => {
    const told = await result<{ value: { amount: string } }>(
      cluster.rpcUrl,
      'getTokenAccountBalance',
      usdcOf(owner).toBase58(),
    );
    return told.value.amount;
  };

  it('is given its data and accounts, and the chain, and what it writes stands', async () => {
    const made = Keypair.generate().publicKey.toBase58();
    let seen: unknown;
    puppet.steps = [
      (chain, { data, accounts }) => {
        seen = { data: [...data], accounts, slot: chain.slot, unixTime: chain.unixTime };
        chain.createAccount(payer.publicKey.toBase58(), made, DRIFT_PROGRAM, Uint8Array.of(1, 2, 3));
        chain.log('Instruction: Make');
        chain.emit(Uint8Array.of(4, 5, 6));
      },
    ];
    const { slot } = cluster;
    const rent = cluster.rentFor(3);

    const { told } = await land(...bid(100_000, 1_000), step(0, payer.publicKey, key(made)));

    expect(seen).toEqual({
      data: [0],
      accounts: [
        { address: payer.publicKey.toBase58(), isSigner: true, isWritable: true },
        { address: made, isSigner: false, isWritable: true },
      ],
      slot,
      unixTime: cluster.now(),
    });
    expect(cluster.account(made)).toEqual(
      expect.objectContaining({ owner: DRIFT_PROGRAM, lamports: rent, data: Uint8Array.of(1, 2, 3) }),
    );
    expect(balanceOf(cluster, payer)).toBe(10n * SOL - FEE - 100n - rent);
    expect(told).toMatchObject({
      meta: {
        err: null,
        fee: 5_100,
        logMessages: [
          `Program ${DRIFT_PROGRAM} invoke [1]`,
          'Program log: Instruction: Make',
          'Program data: BAUG',
          expect.stringContaining('consumed'),
          `Program ${DRIFT_PROGRAM} success`,
        ],
      },
    });
  });

  it('runs in turn with the binaries of other programs, each seeing what the one before has done', async () => {
    const vault = Keypair.generate();
    puppet.steps = [
      (chain) =>
        chain.transferTokens(usdcOf(payer.publicKey).toBase58(), usdcOf(vault.publicKey).toBase58(), 40n),
    ];
    cluster.mintUsdc(payer.publicKey.toBase58(), 100n);

    const { told } = await land(
      createAssociatedTokenAccountInstruction(
        payer.publicKey,
        usdcOf(vault.publicKey),
        vault.publicKey,
        key(MINTS.USDC),
      ),
      step(0, usdcOf(payer.publicKey), usdcOf(vault.publicKey)),
      transfer(payer, vault, SOL),
    );

    expect(told).toMatchObject({
      meta: { err: null, preTokenBalances: [{ uiTokenAmount: { amount: '100' } }] },
    });
    expect([await usdc(payer.publicKey), await usdc(vault.publicKey)]).toEqual(['60', '40']);
    expect(balanceOf(cluster, vault)).toBe(SOL);
    expect(balanceOf(cluster, payer)).toBe(9n * SOL - FEE - cluster.rentFor(165));
  });

  it('that refuses takes everything before it back, but for the fee', async () => {
    const [other, made] = [Keypair.generate(), Keypair.generate().publicKey.toBase58()];
    puppet.steps = [
      (chain) => chain.createAccount(payer.publicKey.toBase58(), made, DRIFT_PROGRAM, Uint8Array.of(1)),
      () => {
        throw new ProgramError(6_003, 'Insufficient collateral');
      },
    ];

    const { told } = await land(transfer(payer, other, SOL), step(0, payer.publicKey, key(made)), step(1));

    expect(told).toMatchObject({
      meta: {
        err: { InstructionError: [2, { Custom: 6_003 }] },
        logMessages: expect.arrayContaining([
          'Program log: AnchorError occurred. Error Number: 6003. Error Message: Insufficient collateral.',
          `Program ${DRIFT_PROGRAM} failed: custom program error: 0x1773`,
        ]) as string[],
      },
    });
    expect(cluster.account(made)).toBeUndefined();
    expect(cluster.account(other.publicKey.toBase58())).toBeUndefined();
    expect(balanceOf(cluster, payer)).toBe(10n * SOL - FEE);
  });

  it('is taken back as well where a binary after it refuses', async () => {
    const made = Keypair.generate().publicKey.toBase58();
    puppet.steps = [
      (chain) => chain.createAccount(payer.publicKey.toBase58(), made, DRIFT_PROGRAM, Uint8Array.of(1)),
    ];

    const { told } = await land(
      step(0, payer.publicKey, key(made)),
      transfer(payer, Keypair.generate(), 100n * SOL),
    );

    expect(told).toMatchObject({ meta: { err: { InstructionError: [1, { Custom: 1 }] } } });
    expect(cluster.account(made)).toBeUndefined();
    expect(balanceOf(cluster, payer)).toBe(10n * SOL - FEE);
  });

  it('is taken back where a binary would leave too little for rent, told by the account of the transaction', async () => {
    const poor = Keypair.generate();
    const { told } = await land(step(0), transfer(payer, poor, 7n));

    expect(told).toMatchObject({ meta: { err: { InsufficientFundsForRent: { account_index: 1 } } } });
    expect(balanceOf(cluster, payer)).toBe(10n * SOL - FEE);
  });

  it('leaves no trace when simulated, and shows what would become of the accounts', async () => {
    const made = Keypair.generate().publicKey.toBase58();
    puppet.steps = [
      (chain) => chain.createAccount(payer.publicKey.toBase58(), made, DRIFT_PROGRAM, Uint8Array.of(9)),
    ];
    const sent = await prepared(step(0, payer.publicKey, key(made)));

    const told = await result(cluster.rpcUrl, 'simulateTransaction', sent.base64, {
      encoding: 'base64',
      accounts: { addresses: [made], encoding: 'base64' },
    });

    expect(told).toMatchObject({ value: { err: null, accounts: [{ data: ['CQ==', 'base64'] }] } });
    expect(cluster.account(made)).toBeUndefined();
    expect(balanceOf(cluster, payer)).toBe(10n * SOL);
  });

  it('can close an account, and is told where tokens are short or of another mint', async () => {
    const closed = Keypair.generate().publicKey.toBase58();
    cluster.setAccount(closed, { owner: DRIFT_PROGRAM, lamports: 1_000_000n, data: Uint8Array.of(1) });
    cluster.mintUsdc(payer.publicKey.toBase58(), 5n);
    const own = usdcOf(payer.publicKey).toBase58();
    puppet.steps = [
      (chain) => chain.closeAccount(closed, payer.publicKey.toBase58()),
      (chain) => chain.transferTokens(own, own, 6n),
      (chain) => chain.transferTokens(own, payer.publicKey.toBase58(), 1n),
    ];

    await land(step(0));
    expect(cluster.account(closed)).toBeUndefined();
    expect(balanceOf(cluster, payer)).toBe(10n * SOL - FEE + 1_000_000n);
    expect((await land(step(1))).told).toMatchObject({
      meta: { err: { InstructionError: [0, { Custom: 1 }] } },
    });
    expect((await land(step(2))).told).toMatchObject({
      meta: { err: { InstructionError: [0, { Custom: 2 }] } },
    });
  });

  it('that breaks is an error of the node, and fails the test that has caused it', async () => {
    puppet.steps = [
      () => {
        throw new TypeError('a mistake in the model');
      },
    ];
    const broken = await LocalCluster.start({ program: puppet });
    broken.airdrop(payer.publicKey.toBase58(), SOL);
    const { value } = await result<{ value: { blockhash: string } }>(broken.rpcUrl, 'getLatestBlockhash');
    const { error } = await send(broken.rpcUrl, signed(payer, value.blockhash, [step(0)]));

    expect(error).toMatchObject({ code: -32_603 });
    await expect(broken.close()).rejects.toThrow('the cluster has failed');
  });

  it('stands where its binary would, as a program', async () => {
    expect((await call(cluster.rpcUrl, 'getAccountInfo', DRIFT_PROGRAM)).result).toMatchObject({
      value: { executable: true },
    });
  });
});
