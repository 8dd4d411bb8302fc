/** A process with the local node and a market on it, in step with the computer's clock. It ends with its parent. */
import { Keypair } from '@solana/web3.js';
import { wallClock } from '../../../src/main/platform/clock.ts';
import { SLOT_MS } from '../../support/cluster/chain/chain.ts';
import { BenchMarket } from './benchMarket.ts';
import { preciseTime } from './clocks.ts';
import type { NodeOrder, NodeReport } from './nodeReport.ts';

const tell = (report: NodeReport): void => {
  process.send?.(report);
};

const wallet = Keypair.generate();
const market = await BenchMarket.open(wallet, wallClock.now());
const { cluster, node, owner } = market;
setInterval(() => {
  market.catchUp(wallClock.now());
}, SLOT_MS);
node.onRequest((method) => {
  tell({ kind: 'asked', method, at: preciseTime() });
});

/** A slot begins with what has landed in the one before: the first that sees another account is the change. */
async function deposit(lamports: bigint): Promise<void> {
  const user = owner.userKey.toBase58();
  const account = (): string => Buffer.from(cluster.account(user)?.data ?? []).toString('base64');
  const before = account();
  const stop = cluster.onSlot(() => {
    if (account() === before) return;
    stop();
    tell({ kind: 'changed', at: preciseTime() });
  });
  await market.deposit(lamports);
}

process.on('message', ({ lamports }: NodeOrder) => {
  void deposit(BigInt(lamports));
});
process.on('disconnect', () => process.exit(0));
tell({
  kind: 'listening',
  url: node.rpcUrl,
  secret: Buffer.from(wallet.secretKey.subarray(0, 32)).toString('hex'),
});
