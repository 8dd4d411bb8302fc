import * as sdk from '@drift-labs/sdk';
import { Connection, Keypair } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';

import { DRIFT_PROGRAM } from '../../../../src/main/venues/drift/addresses.ts';
import { OneSlotLoader } from '../../../../src/main/venues/drift/oneSlotLoader.ts';
import { ScriptedChain } from '../../../support/scriptedChain.ts';

const SYSTEM = '11111111111111111111111111111111';
const newAddress = (): string => Keypair.generate().publicKey.toBase58();

interface Told {
  readonly address: string;
  readonly data: string;
  readonly slot: number;
}

/** A loader with a market and a user that the SDK looks at, and a wallet that only this program does. */
async function watching() {
  const chain = new ScriptedChain();
  const [market, user, wallet] = [newAddress(), newAddress(), newAddress()];
  chain.put(market, DRIFT_PROGRAM, 'market');
  chain.put(user, DRIFT_PROGRAM, 'user');
  chain.put(wallet, SYSTEM, '', 5n);
  const loader = new OneSlotLoader(sdk, new Connection('http://127.0.0.1:1'), chain);
  const told: Told[] = [];
  for (const address of [market, user]) {
    await loader.forSdk.addAccount(new sdk.PublicKey(address), (data, slot) => {
      told.push({ address, data: data.toString(), slot });
    });
  }
  loader.add(wallet);
  return { chain, loader, told, market, user, wallet };
}
const unavailable = expect.objectContaining({ code: 'VENUE_UNAVAILABLE' }) as Error;

describe('reading all accounts at one slot', () => {
  it('asks once for everything that the SDK and this program look at', async () => {
    const { chain, loader, told, market, user, wallet } = await watching();
    loader.add(wallet, market);
    expect(await loader.load()).toBe(100);
    expect(chain.requests).toEqual([[market, user, wallet]]);
    expect(told).toEqual([
      { address: market, data: 'market', slot: 100 },
      { address: user, data: 'user', slot: 100 },
    ]);
    expect(loader.get(wallet)?.lamports).toBe(5n);
    expect(loader.slot).toBe(100);
    expect(loader.forSdk.mostRecentSlot).toBe(100);
  });

  it("the SDK's own load is this one", async () => {
    const { chain, loader } = await watching();
    await loader.forSdk.load();
    expect(chain.requests).toHaveLength(1);
    expect(loader.slot).toBe(100);
  });

  it('tells the SDK of what has changed alone, and moves the slot of all the rest', async () => {
    const { chain, loader, told, market, user } = await watching();
    await loader.load();
    told.length = 0;
    chain.now = 101;
    chain.put(user, DRIFT_PROGRAM, 'user later');
    await loader.load();
    expect(told).toEqual([{ address: user, data: 'user later', slot: 101 }]);
    expect(loader.forSdk.getBufferAndSlot(new sdk.PublicKey(market))?.slot).toBe(101);
  });

  it.each([
    ['of another program', { owner: SYSTEM, lamports: 1n, data: Buffer.from('forged') }],
    ['that is gone', null],
  ])('refuses an answer with an account %s, and uses nothing of it', async (_, lie) => {
    const { chain, loader, told, market, user, wallet } = await watching();
    await loader.load();
    told.length = 0;
    chain.now = 101;
    chain.put(market, DRIFT_PROGRAM, 'market later');
    chain.put(wallet, SYSTEM, '', 9n);
    chain.faults.lies.set(user, lie);
    await expect(loader.load()).rejects.toThrow(unavailable);
    expect(told).toEqual([]);
    expect([loader.slot, loader.get(wallet)?.lamports]).toEqual([100, 5n]);
    expect(Buffer.from(loader.get(market)?.data ?? []).toString()).toBe('market');
    chain.faults.lies.clear();
    expect(await loader.load()).toBe(101);
    expect(told).toEqual([{ address: market, data: 'market later', slot: 101 }]);
  });

  it('takes nothing from an answer of an older slot', async () => {
    const { chain, loader, told, user } = await watching();
    await loader.load();
    told.length = 0;
    chain.now = 99;
    chain.put(user, DRIFT_PROGRAM, 'user before');
    expect(await loader.load()).toBe(100);
    expect(told).toEqual([]);
    expect(Buffer.from(loader.get(user)?.data ?? []).toString()).toBe('user');
  });

  it('an account of its own that is not there is none: a wallet that is empty', async () => {
    const { chain, loader, wallet } = await watching();
    await loader.load();
    chain.accountsThere.delete(wallet);
    chain.now = 101;
    expect(await loader.load()).toBe(101);
    expect(loader.get(wallet)).toBeNull();
    expect(loader.get(newAddress())).toBeNull();
  });

  it('an account that the SDK looks at and that was never there is not told of', async () => {
    const { chain, loader, told, user } = await watching();
    chain.accountsThere.delete(user);
    await loader.load();
    expect(told.map(({ address }) => address)).not.toContain(user);
  });

  it('what is no longer looked at is asked for no more', async () => {
    const { chain, loader, wallet } = await watching();
    loader.remove(wallet);
    await loader.load();
    expect(chain.requests[0]).not.toContain(wallet);
  });

  it('more than one request can read is refused before any is made', async () => {
    const { chain, loader } = await watching();
    loader.add(...Array.from({ length: 99 }, newAddress));
    await expect(loader.load()).rejects.toThrow(expect.objectContaining({ code: 'INTERNAL' }) as Error);
    expect(chain.requests).toEqual([]);
  });

  it('nothing to look at is nothing to ask for', async () => {
    const chain = new ScriptedChain();
    const loader = new OneSlotLoader(sdk, new Connection('http://127.0.0.1:1'), chain);
    expect(await loader.load()).toBe(0);
    expect(chain.requests).toEqual([]);
  });

  it('an answer to an older question does not hide an account that was added since', async () => {
    const { chain, loader } = await watching();
    chain.faults.isHeld = true;
    const [first, added] = [loader.load(), newAddress()];
    chain.put(added, DRIFT_PROGRAM, 'added');
    await Promise.resolve();
    expect(chain.requests).toHaveLength(1);
    loader.add(added);
    const [second, third] = [loader.load(), loader.load()];
    chain.faults.isHeld = false;
    chain.letGo();
    expect(await Promise.all([first, second, third])).toEqual([100, 100, 100]);
    expect(Buffer.from(loader.get(added)?.data ?? []).toString()).toBe('added');
    // Both that waited were answered by one request.
    expect(chain.requests).toHaveLength(2);
  });

  it('a request that failed stops none that comes after it', async () => {
    const { chain, loader } = await watching();
    chain.faults.isDown = true;
    await expect(loader.load()).rejects.toThrow(unavailable);
    chain.faults.isDown = false;
    expect(await loader.load()).toBe(100);
  });
});
