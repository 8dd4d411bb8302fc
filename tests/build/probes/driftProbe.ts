import { LiveNetwork } from '../../../src/main/live/liveNetwork.ts';
import { stopwatch, wallClock } from '../../../src/main/platform/clock.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { realSchedule } from '../../../src/main/platform/schedule.ts';
import { lookAt, type DriftLook } from '../../../src/main/venues/drift/driftQuotes.ts';
import { Makers, type RestingQuote } from '../../../src/main/venues/drift/makers.ts';
import { placeInstruction } from '../../../src/main/venues/drift/orderInstructions.ts';
import type { DriftState } from '../../../src/main/venues/drift/driftState.ts';
import { errorNames } from '../../../src/main/venues/drift/programErrors.ts';
import { messageOf, NO_BLOCKHASH } from '../../../src/main/venues/solana/transactions/draft.ts';
import { parseBase, parsePrice } from '../../../src/shared/money/decimal.ts';

const PERP = { kind: 'perp', index: 0 } as const;
const DEPOSIT = 5_000_000n;
const PUBLISHED = 77;
const DISCRIMINATOR_BYTES = 8;

/** What came of it. */
export interface Found {
  readonly state: DriftState;
  readonly resting: readonly RestingQuote[];
  readonly look: DriftLook;
  readonly messages: readonly string[];
  readonly errors: readonly unknown[];
  /** What each kind of oracle that our markets have or had makes of the same bytes. */
  readonly oracles: readonly string[];
}

/** What the venue needs the SDK for, done once on a node: reading, quoting, and making transactions. */
export async function probe(url: string, owner: string): Promise<Found> {
  const network = new LiveNetwork({
    network: 'local',
    endpoints: [url],
    clock: wallClock,
    elapsed: stopwatch,
    schedule: realSchedule,
    uniform: () => 0.5,
    log: silentLogger,
  });
  const client = await network.client(owner, owner);
  await client.watch(0);
  await client.refresh();
  const { sdk, drift, connection } = client;
  const makers = new Makers({
    sdk,
    connection,
    clock: wallClock,
    owner,
    perpMarkets: new Set(client.perpMarkets),
  });
  await makers.refresh();
  const state = client.state(0);
  const resting = makers.resting('perp', 0, 'sell', { oracle: state.perps[0]?.oracle.price ?? 0n, unixS: 0 });
  const order = await placeInstruction(
    client,
    makers,
    {
      clientOrderId: 'probe',
      market: 'SOL-PERP',
      side: 'buy',
      size: parseBase('1.5'),
      limitPrice: parsePrice('151.25'),
      timeInForce: 'ioc',
      reduceOnly: false,
      validUntil: Number.MAX_SAFE_INTEGER,
    },
    PERP,
    resting,
    0,
  );
  const account = await drift.getAssociatedTokenAccount(0, false);
  const deposit = await drift.getDepositTxnIx(client.bn(DEPOSIT), 0, account, 0);
  const web3 = await network.web3();
  const messages = [[order], deposit].map((instructions) =>
    messageOf(
      web3,
      {
        payer: owner,
        instructions,
        unitLimit: 400_000n,
        unitPrice: 1_000n,
        tip: { to: owner, lamports: 1n },
      },
      NO_BLOCKHASH,
    ),
  );
  const errors = errorNames(drift);
  const { OracleSource } = sdk;
  const published = Buffer.alloc(256);
  published.writeUInt8(PUBLISHED, DISCRIMINATOR_BYTES);
  const oracles = [OracleSource.PYTH_PULL, OracleSource.PYTH_LAZER, OracleSource.PYTH_LAZER_STABLE_COIN].map(
    (source) => {
      const { price } = sdk
        .getOracleClient(source, connection, drift.program)
        .getOraclePriceDataFromBuffer(published);
      return price.toString();
    },
  );
  const found = {
    state,
    resting,
    look: lookAt(client, makers, state, PERP),
    messages: messages.map((message) => Buffer.from(message).toString('hex')),
    errors: [...errors],
    oracles,
  };
  await network.close();
  return found;
}

/** The same as text. */
export const textOf = (found: Found): string =>
  JSON.stringify(found, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

const [, file, url, owner] = process.argv;
if (file === import.meta.filename && url !== undefined && owner !== undefined) {
  // The waits between questions to a node don't keep a process alive: in the program much else does.
  process.stdin.resume();
  process.stdout.write(textOf(await probe(url, owner)));
  process.stdin.destroy();
}
