/** A program that asks, watches, and comes to its end without closing anything: it has to end by itself. */
import { stopwatch, wallClock } from '../../../../../src/main/platform/clock.ts';
import { silentLogger } from '../../../../../src/main/platform/logger.ts';
import { realSchedule } from '../../../../../src/main/platform/schedule.ts';
import { AccountWatch } from '../../../../../src/main/venues/solana/rpc/accountWatch.ts';
import { NodeChain } from '../../../../../src/main/venues/solana/rpc/nodeChain.ts';
import { RpcPool } from '../../../../../src/main/venues/solana/rpc/rpcPool.ts';

const [, , http = '', ws = ''] = process.argv;

// Nothing of what follows keeps it alive, not even a question that waits for its turn.
const alive = setInterval(() => undefined, 1_000);
const pool = new RpcPool({
  endpoints: [{ http, ws }, { http: 'http://127.0.0.1:1' }],
  genesisHash: undefined,
  clock: wallClock,
  elapsed: stopwatch,
  schedule: realSchedule,
  uniform: () => 0.5,
  logger: silentLogger,
});
pool.watchHealth();
const chain = new NodeChain(pool);
const slots = await Promise.all(Array.from({ length: 60 }, (_, i) => chain.accounts([`${i}`])));
const connected = Promise.withResolvers<string>();
new AccountWatch(['So11111111111111111111111111111111111111112'], {
  pool,
  schedule: realSchedule,
  elapsed: stopwatch,
  logger: silentLogger,
  listener: {
    connected: () => {
      connected.resolve('connected');
    },
    lost: () => {
      connected.resolve('lost');
    },
    changed: () => undefined,
  },
}).open();
process.stdout.write(`${slots.length} answers, ${await connected.promise}\n`);
clearInterval(alive);
