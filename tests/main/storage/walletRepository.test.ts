import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WalletRecord } from '../../../src/main/domain/wallet.ts';
import { WalletRepository } from '../../../src/main/storage/walletRepository.ts';
import { NOW, opened, refusal, scratchFolder } from './fixtures/scratch.ts';

const wallet = (name: string, addedAt = NOW): WalletRecord => ({
  address: `address of ${name}`,
  name,
  kind: 'owner',
  owner: `address of ${name}`,
  path: "m/44'/501'/0'/0'",
  addedAt,
});
const [MAIN, SECOND] = [wallet('Main'), wallet('Second')];

function kept(...records: readonly WalletRecord[]) {
  const file = path.join(scratchFolder(), 'wallets.sqlite');
  const wallets = new WalletRepository(opened(file));
  for (const record of records) wallets.add(record);
  return { wallets, reader: () => new WalletRepository(opened(file)) };
}

describe('the wallets', () => {
  it('are kept as they were added, in that order, and another reader of the file finds them at once', () => {
    const delegate: WalletRecord = { ...wallet('Hand'), kind: 'delegate', owner: MAIN.address, path: null };
    const { reader } = kept(MAIN, SECOND, delegate);
    expect(reader().all()).toEqual([MAIN, SECOND, delegate]);
  });

  it('have the first one active, and no other one until it is chosen', () => {
    const { wallets, reader } = kept(MAIN, SECOND);
    expect(reader().active()).toBe(MAIN.address);
    wallets.activate(SECOND.address);
    expect(reader().active()).toBe(SECOND.address);
  });

  it('have none active once the active one was removed', () => {
    const { wallets, reader } = kept(MAIN, SECOND);
    wallets.remove(MAIN.address);
    expect(reader().active()).toBeUndefined();
    expect(reader().all()).toEqual([SECOND]);
  });

  it.each([
    ['WALLET_EXISTS', (one: WalletRepository) => one.add({ ...SECOND, address: MAIN.address })],
    ['WALLET_INVALID_NAME', (one: WalletRepository) => one.add({ ...SECOND, name: 'MAIN' })],
    ['WALLET_INVALID_NAME', (one: WalletRepository) => one.add({ ...SECOND, name: '' })],
    ['WALLET_INVALID_NAME', (one: WalletRepository) => one.rename(MAIN.address, ' ')],
    ['WALLET_UNKNOWN', (one: WalletRepository) => one.rename('nobody', 'Name')],
    ['WALLET_UNKNOWN', (one: WalletRepository) => one.activate('nobody')],
    ['WALLET_UNKNOWN', (one: WalletRepository) => one.remove('nobody')],
  ] as const)('refuse with %s, and are as they were', (code, act) => {
    const { wallets, reader } = kept(MAIN);
    expect(refusal(() => act(wallets)).code).toBe(code);
    expect([reader().all(), reader().active()]).toEqual([[MAIN], MAIN.address]);
  });

  it('may be given their own name again in other letters', () => {
    const { wallets } = kept(MAIN);
    wallets.rename(MAIN.address, 'main');
    expect(wallets.all()[0]?.name).toBe('main');
  });
});

describe('a wallet that is put in the place of another', () => {
  it('has its address, its name and its place as the active one', () => {
    const { wallets, reader } = kept({ ...MAIN, kind: 'watch', path: null }, SECOND);
    wallets.put(MAIN);
    expect(
      reader()
        .all()
        .find(({ address }) => address === MAIN.address),
    ).toEqual(MAIN);
    expect(reader().active()).toBe(MAIN.address);
    wallets.put({ ...SECOND, kind: 'watch' });
    expect(reader().active()).toBe(MAIN.address);
  });

  it('is added where there was none, and active where no other is', () => {
    const { wallets, reader } = kept(MAIN);
    wallets.remove(MAIN.address);
    wallets.put(SECOND);
    expect([reader().all(), reader().active()]).toEqual([[SECOND], SECOND.address]);
  });

  it('leaves the other as it was where its name is taken', () => {
    const { wallets, reader } = kept(MAIN, SECOND);
    expect(refusal(() => wallets.put({ ...MAIN, name: 'second' })).code).toBe('WALLET_INVALID_NAME');
    expect([reader().all(), reader().active()]).toEqual([[MAIN, SECOND], MAIN.address]);
  });
});

describe('wallets that are taken over from another database', () => {
  it('join those that are there: none is forgotten, and which one is active stays as it was there', () => {
    const { wallets } = kept(MAIN);
    wallets.keep([SECOND], SECOND.address);
    expect(wallets.all()).toEqual([MAIN, SECOND]);
    expect(wallets.active()).toBe(SECOND.address);
  });

  it('get another name where theirs is taken, and one that is there stays as it is here', () => {
    const { wallets } = kept({ ...MAIN, name: 'Now' });
    wallets.keep(
      [
        { ...MAIN, name: 'Before' },
        { ...SECOND, name: 'now' },
      ],
      undefined,
    );
    expect(wallets.all().map(({ name }) => name)).toEqual(['Now', 'now 2']);
    expect(wallets.active()).toBeUndefined();
  });
});
