import type { Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalCluster } from '../support/cluster/localCluster.ts';
import { balanceOf, funded, payment, result, send, SOL } from './payments.ts';
import { Wire } from './wire.ts';

describe('a node that does not tell the truth', () => {
  let cluster: LocalCluster;
  let url: string;
  let from: Keypair;
  let to: Keypair;
  beforeEach(async () => {
    cluster = await LocalCluster.start();
    url = cluster.rpcUrl;
    [from, to] = [funded(cluster), funded(cluster)];
  });
  afterEach(() => cluster.close());

  const statuses = (...signatures: string[]): Promise<unknown> =>
    result(url, 'getSignatureStatuses', signatures);
  const balance = (): Promise<unknown> => result(url, 'getBalance', to.publicKey.toBase58());

  it('answers from an older chain, and sends to the newest', async () => {
    const { slot } = cluster;
    const fault = cluster.faults.switchOn({ kind: 'behind', snapshot: cluster.snapshot().chain });
    cluster.advance(20);
    const other = await cluster.addNode();
    await send(other.rpcUrl, await payment(other.rpcUrl, from, to, SOL));

    expect(await balance()).toMatchObject({ context: { slot }, value: 10_000_000_000 });
    expect(await result(url, 'getSlot')).toBe(slot);
    await send(url, await payment(url, from, to, SOL));
    expect(balanceOf(cluster, to)).toBe(12n * SOL);

    fault.off();
    expect(await balance()).toMatchObject({ context: { slot: cluster.slot }, value: 12_000_000_000 });
  });

  it('tells subscribers of an older chain as well', async () => {
    const { slot } = cluster;
    const wire = await Wire.open(cluster.wsUrl);
    await wire.ask('accountSubscribe', to.publicKey.toBase58());
    const methods = ['accountNotification'];
    cluster.faults.switchOn({ kind: 'behind', snapshot: cluster.snapshot().chain }, { methods });
    cluster.advance(20);
    cluster.airdrop(to.publicKey.toBase58(), SOL);

    expect(await wire.hears('accountNotification')).toMatchObject({
      result: { context: { slot }, value: { lamports: 10_000_000_000 } },
    });
    wire.close();
  });

  it('gives an account to another owner', async () => {
    const address = to.publicKey.toBase58();
    const owner = from.publicKey.toBase58();
    cluster.faults.switchOn({ kind: 'wrongOwner', address, owner });

    expect(await result(url, 'getAccountInfo', address)).toMatchObject({ value: { owner } });
    expect(await result(url, 'getMultipleAccounts', [owner, address])).toMatchObject({
      value: [{ owner: '11111111111111111111111111111111' }, { owner }],
    });
  });

  it('stands on another network', async () => {
    const true_ = await result(url, 'getGenesisHash');
    cluster.faults.switchOn({ kind: 'wrongGenesis' }, { times: 1 });

    expect(await result(url, 'getGenesisHash')).not.toBe(true_);
    expect(await result(url, 'getGenesisHash')).toBe(true_);
  });

  it('denies what has landed', async () => {
    const sent = await payment(url, from, to, SOL);
    const known = await payment(url, from, to, 1n);
    await send(url, sent);
    await send(url, known);
    const { signature } = sent;
    cluster.faults.switchOn({ kind: 'saysAbsent', signature });
    const wire = await Wire.open(cluster.wsUrl);
    await wire.ask('signatureSubscribe', signature);
    await wire.ask('signatureSubscribe', known.signature);

    expect(await statuses(signature, known.signature)).toMatchObject({ value: [null, { err: null }] });
    expect(await result(url, 'getTransaction', signature, { maxSupportedTransactionVersion: 0 })).toBeNull();
    expect(await result(url, 'getSignaturesForAddress', to.publicKey.toBase58())).toMatchObject([
      { signature: known.signature },
    ]);
    await wire.hears('signatureNotification');
    expect(wire.heard('signatureNotification')).toHaveLength(1);
    expect(balanceOf(cluster, to)).toBe(11n * SOL + 1n);
    wire.close();
  });

  it('confirms what has not landed', async () => {
    cluster.faults.switchOn({ kind: 'dropped' });
    cluster.faults.switchOn({ kind: 'saysConfirmed' });
    const sent = await payment(url, from, to, SOL);
    await send(url, sent);
    const wire = await Wire.open(cluster.wsUrl);
    await wire.ask('signatureSubscribe', sent.signature);

    expect(await statuses(sent.signature)).toMatchObject({
      value: [{ err: null, confirmationStatus: 'confirmed' }],
    });
    expect(await wire.hears('signatureNotification')).toMatchObject({ result: { value: { err: null } } });
    expect(balanceOf(cluster, to)).toBe(10n * SOL);
    wire.close();
  });

  it('says what is paid lately as the test wants it', async () => {
    cluster.priorityFee = 12_345;
    expect(await result(url, 'getRecentPrioritizationFees')).toEqual([
      { slot: cluster.slot, prioritizationFee: 12_345 },
    ]);
  });
});
