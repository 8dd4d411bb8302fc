import { AppError } from '../../../shared/contract/appError.ts';
import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { formatBase } from '../../../shared/money/decimal.ts';
import { base, usd, type Base } from '../../../shared/money/quantity.ts';
import { toUsd } from '../../../shared/money/arithmetic.ts';
import { equityOf } from '../../domain/margin.ts';
import type { StandingTerms } from '../../risk/confirmation/standing.ts';
import type { RiskSettings } from '../../risk/riskSettings.ts';
import { foreignHoldings, holdingsOf } from '../../venues/drift/driftAccount.ts';
import { marginOf } from '../../venues/drift/driftMargin.ts';
import { whyNoTrading } from '../../venues/drift/exchangeStatus.ts';
import { openForTrading, type TradingState } from '../../venues/drift/openForTrading.ts';
import type { DriftState } from '../../venues/drift/driftState.ts';
import type { SharedClient } from '../../venues/drift/sharedClient.ts';
import { oraclesOf } from '../../venues/drift/driftOracles.ts';
import { GENESIS } from '../../venues/solana/rpc/genesis.ts';
import type { LiveNetwork } from '../liveNetwork.ts';
import type { LivePlace } from '../livePlace.ts';
import type { Fact } from './check.ts';
import type { CapitalFacts, LiveFacts, SubAccountFacts } from './facts.ts';

const ENGINE_MARKETS = ['SOL', 'SOL-PERP'] as const;

export interface FactSources {
  readonly purpose: 'trading' | 'monitoring';
  readonly network: LiveNetwork;
  readonly place: LivePlace;
  readonly signer: string;
  readonly wallets: WalletsView;
  readonly settings: RiskSettings;
  readonly standing: StandingTerms | null;
  /** Whether an engine of this program has a vault there. */
  readonly hasVault: boolean;
  readonly isHandedOver: boolean;
  readonly now: () => number;
  readonly elapsed: () => number;
}

/** Asks everything that going live depends on. What can't be found out is a fact of its own, never an error. */
export async function gatherFacts(sources: FactSources): Promise<LiveFacts> {
  const { network, place, signer, wallets, settings, standing } = sources;
  const client = await fact(() => network.client(signer, place.owner));
  const reading = await fact(async () => readingOf(need(client), sources));
  const state = mapped(reading, (value) => value && value.state);
  const seen = reading.known && reading.value !== null ? reading.value : undefined;
  return {
    keychain: known({ store: wallets.keychain.store, trouble: wallets.keychain.error?.message ?? null }),
    wallet: known(walletOf(wallets)),
    walletSol: client.known ? await fact(async () => await lamportsOf(network, signer)) : client,
    subAccountNumber: place.subAccount,
    subAccount: mapped(state, (value) => value && subAccountOf(value, sources)),
    capital: mapped(state, (value) => capitalOf(value)),
    venue: await fact(() => venueOf(sources)),
    latencyMs: seen === undefined ? notKnown(reading) : known(seen.took),
    rpc: await rpcOf(network),
    clock:
      seen === undefined
        ? notKnown(reading)
        : known({ computer: seen.at + seen.took / 2, block: seen.state.t }),
    engineMarkets: ENGINE_MARKETS,
    settings,
    standing,
  };
}

/** Whether the venue trades. For who only watches, no transaction is made for that: what the exchange says is enough (R2.1). */
async function venueOf({ network, place, signer, purpose }: FactSources): Promise<TradingState> {
  const open = (): Promise<SharedClient> => network.client(signer, place.owner);
  if (purpose === 'trading')
    return await openForTrading({
      chain: network.chain,
      web3: await network.web3(),
      open,
      subAccount: place.subAccount,
    });
  const answer = whyNoTrading((await open()).exchange());
  return answer === undefined ? { kind: 'open' } : { kind: 'paused', answer };
}

const known = <T>(value: T): Fact<T> => ({ known: true, value });
const notKnown = (of: Fact<unknown>): Fact<never> => ({
  known: false,
  why: of.known ? 'There is no such sub-account.' : of.why,
});

async function fact<T>(ask: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await ask());
  } catch (error) {
    return { known: false, why: error instanceof AppError ? error.message : 'It did not work.' };
  }
}

function need<T>(of: Fact<T>): T {
  if (of.known) return of.value;
  throw new AppError('VENUE_UNAVAILABLE', of.why);
}

const mapped = <T, U>(of: Fact<T>, map: (value: T) => U): Fact<U> => (of.known ? known(map(of.value)) : of);

interface Reading {
  readonly state: DriftState;
  /** When the reading began, Unix ms, and how long the nodes took for it, ms. */
  readonly at: number;
  readonly took: number;
}

/** Null where the owner has no such sub-account. What is only loaded the first time is not in its time. */
async function readingOf(
  client: SharedClient,
  { place, now, elapsed }: FactSources,
): Promise<Reading | null> {
  try {
    await client.watch(place.subAccount);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNKNOWN_SUBACCOUNT') return null;
    throw error;
  }
  const [at, before] = [now(), elapsed()];
  await client.refresh();
  return { at, took: elapsed() - before, state: client.state(place.subAccount) };
}

function walletOf({
  wallets,
  lock,
}: WalletsView): LiveFacts['wallet'] extends Fact<infer Wallet> ? Wallet : never {
  const active = wallets.find((one) => one.active);
  if (active === undefined) return null;
  const { name, address, kind } = active;
  return {
    name,
    address,
    kind,
    lock: lock === 'unlocked' ? 'unlocked' : lock === 'unavailable' ? 'unavailable' : 'locked',
  };
}

async function lamportsOf({ chain }: LiveNetwork, address: string): Promise<Base> {
  const { accounts } = await chain.accounts([address]);
  return base(accounts[0]?.lamports ?? 0n);
}

function subAccountOf(state: DriftState, { hasVault, isHandedOver }: FactSources): SubAccountFacts {
  const { account } = holdingsOf(state);
  const foreign = foreignHoldings(state);
  const own = account.perps
    .filter(({ size }) => size !== 0n)
    .map(({ market, size }) => ({ market, size: formatBase(size) }));
  const others = foreign
    .filter(({ kind }) => kind === 'market')
    .map(({ name, amount }) => ({ market: name, size: amount }));
  return {
    delegate: state.user.delegate,
    positions: [...own, ...others],
    foreignAssets: foreign
      .filter(({ kind }) => kind === 'asset')
      .map(({ name, amount }) => ({ asset: name, amount })),
    foreignOrders: hasVault ? 0 : state.user.orders.length,
    origin: hasVault ? 'vault' : isHandedOver ? 'handedOver' : 'new',
  };
}

function capitalOf(state: DriftState | null): CapitalFacts {
  if (state === null) return { equity: usd(0n), freeCollateral: usd(0n), hasPositions: false };
  const { account } = holdingsOf(state);
  const { collateral, requirement } = marginOf(state, 'initial');
  return {
    equity: toUsd(equityOf(account, oraclesOf(state)), 'floor'),
    freeCollateral: usd(collateral - requirement),
    hasPositions: account.perps.some(({ size }) => size !== 0n),
  };
}

async function rpcOf({ pool, name }: LiveNetwork): Promise<LiveFacts['rpc']> {
  await pool.checkHealth();
  const genesis = name === 'local' ? 'local' : GENESIS[name];
  return known({
    chain: name,
    isTest: name !== 'mainnet',
    genesis,
    endpoints: pool.healthView().map((endpoint) => ({
      name: endpoint.name,
      isHealthy: endpoint.state === 'healthy',
      genesis: endpoint.state === 'wrongNetwork' ? 'another' : endpoint.state === 'healthy' ? genesis : null,
    })),
  });
}
