/**
 * A cluster on which Drift is open, in a process of its own: somebody has an account there, and a maker quotes. It says
 * its address over the channel to its parent, does what it is told, and ends with it.
 */
import { Keypair } from '@solana/web3.js';

import { DriftActor } from '../../support/cluster/actors/driftActor.ts';
import { MarketMaker } from '../../support/cluster/actors/marketMaker.ts';
import { openMarkets } from '../../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../../support/cluster/localCluster.ts';
import { driftProgram } from '../../support/cluster/model/driftProgram.ts';
import type { BN } from '@drift-labs/sdk';
import { big, decodeAccount, encodeAccount } from '../../support/cluster/driftAccounts.ts';

/** What the parent asks for. */
export type ToCluster =
  | { readonly do: 'begin'; readonly secretKey: readonly number[] }
  /** Takes USDC out of the account past the program, 1e6: nothing there explains it. */
  | { readonly do: 'takeOut'; readonly usdc: string }
  | { readonly do: 'price'; readonly sol: string };

export type FromCluster = { readonly rpcUrl: string } | { readonly done: ToCluster['do'] };

const MILLION = 1_000_000n;
const SOL = 1_000_000_000n;
const QUOTE = { bidOffset: 50_000n, askOffset: 50_000n, size: 1_000n * SOL } as const;

let cluster: LocalCluster | undefined;
let owner: DriftActor | undefined;
let maker: MarketMaker | undefined;

const say = (message: FromCluster): void => {
  process.send?.(message);
};

async function begin(secretKey: readonly number[]): Promise<void> {
  cluster = await LocalCluster.start({ program: driftProgram(), startAt: Math.floor(Date.now() / 1_000) });
  await openMarkets(cluster, { ammFills: false });
  const means = { usdc: 5_000n * MILLION, depositUsdc: 10_000n * MILLION, depositSol: 40n * SOL };
  owner = await DriftActor.join(cluster, means, Keypair.fromSecretKey(Uint8Array.from(secretKey)));
  maker = await MarketMaker.join(cluster);
  await maker.quote([
    { market: 'SOL-PERP', ...QUOTE },
    { market: 'SOL', ...QUOTE },
  ]);
  cluster.tick();
  say({ rpcUrl: cluster.rpcUrl });
}

/** Makes the deposit of USDC smaller, as no transaction has. Balances are scaled by 1e9, and no interest has grown yet. */
function takeOut(usdcE6: bigint): void {
  const at = owner?.userKey.toBase58() ?? '';
  const account = cluster?.account(at);
  if (account === undefined) throw new Error('nobody has an account here');
  const user = decodeAccount('User', account.data);
  const [usdc, ...others] = user['spotPositions'] as [{ scaledBalance: BN }, ...unknown[]];
  const scaledBalance = usdc.scaledBalance.sub(big(usdcE6 * 1_000n));
  const spotPositions = [{ ...usdc, scaledBalance }, ...others];
  cluster?.setAccount(at, { ...account, data: encodeAccount('User', { ...user, spotPositions }) });
}

async function follow(message: ToCluster): Promise<void> {
  switch (message.do) {
    case 'begin':
      await begin(message.secretKey);
      return;
    case 'takeOut':
      takeOut(BigInt(message.usdc));
      break;
    case 'price':
      cluster?.setOracle('SOL', BigInt(message.sol));
      await maker?.requote();
      break;
  }
  say({ done: message.do });
}

process.on('message', (message: ToCluster) => {
  follow(message).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
    process.disconnect();
  });
});
process.once('disconnect', () => {
  void cluster?.close().finally(() => process.exit());
});
