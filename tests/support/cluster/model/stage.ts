import { createHash } from 'node:crypto';

import {
  ComputeBudgetProgram,
  type Connection,
  Keypair,
  PublicKey,
  type TransactionInstruction,
} from '@solana/web3.js';

import { DriftActor, type Means } from '../actors/driftActor.ts';
import { DRIFT_PROGRAM } from '../addresses.ts';
import { driftAddress } from '../driftAccounts.ts';
import { openMarkets } from '../driftMarkets.ts';
import type { LocalCluster } from '../localCluster.ts';
import { submit } from '../submit.ts';
import type { AccountKind } from './accounts.ts';
import { decodeAccount, encodeAccount, zeroOf, type Fields } from './layout.ts';
import { changes, loggedEvents, plainFields, type Outcome, type PlainFields } from './outcome.ts';
import { restored } from './restored.ts';

/** The accounts that everybody shares, as they are when a scene begins. */
export type Beginning = Readonly<Record<string, PlainFields>>;

type Built = TransactionInstruction | readonly TransactionInstruction[];
type Building = Built | Promise<Built>;

interface Tracked {
  readonly kind: AccountKind;
  readonly address: string;
}

const SHARED: Readonly<Record<string, Tracked>> = {
  state: { kind: 'State', address: driftAddress('drift_state') },
  usdc: { kind: 'SpotMarket', address: driftAddress('spot_market', 0) },
  sol: { kind: 'SpotMarket', address: driftAddress('spot_market', 1) },
  solPerp: { kind: 'PerpMarket', address: driftAddress('perp_market', 0) },
};
/** Slots after which every scene begins, however many the markets took to open. */
const FIRST_SLOT = 200;
/** Two counts of the program that the IDL reads as one price, and that nothing depends on. */
const MISREAD = new Set(['amm.mmOraclePrice']);
const AMOUNT_AT = 64;
/** A spot order that meets two others computes more than a transaction may by itself. */
const ENOUGH = ComputeBudgetProgram.setComputeUnitLimit({ units: 1_400_000 });

/** Where a scene is played, on either program: everything that comes of each transaction is written down. */
export class Stage {
  readonly cluster: LocalCluster;
  readonly outcomes: Outcome[] = [];
  readonly #tracked = new Map<string, Tracked>(Object.entries(SHARED));
  readonly #tokens = new Map<string, string>();
  readonly #actors: DriftActor[] = [];
  #before: Readonly<Record<string, PlainFields>> = {};

  private constructor(cluster: LocalCluster) {
    this.cluster = cluster;
    for (const market of [0, 1]) {
      this.#tokens.set(`vault${market}`, driftAddress('spot_market_vault', market));
      this.#tokens.set(`insuranceVault${market}`, driftAddress('insurance_fund_vault', market));
    }
  }

  /** Opens the markets; `beginning` are their accounts as they were on the other program. */
  static async open(cluster: LocalCluster, beginning?: Beginning): Promise<Stage> {
    const origin = cluster.slot;
    await openMarkets(cluster, { ammFills: false });
    cluster.advance(origin + FIRST_SLOT - cluster.slot);
    const stage = new Stage(cluster);
    if (beginning !== undefined) stage.#begin(beginning);
    stage.#before = stage.#read();
    return stage;
  }

  get beginning(): Beginning {
    return Object.fromEntries(Object.keys(SHARED).map((name) => [name, this.#before[name] ?? {}]));
  }

  #begin(beginning: Beginning): void {
    for (const name of Object.keys(SHARED)) {
      const fields = beginning[name];
      if (fields === undefined) throw new Error(`${name} is missing`);
      this.change(name, fields);
    }
  }

  /** Writes fields of an account that is known by this name, past the program. */
  change(name: string, fields: PlainFields): void {
    const { kind, address } = this.#tracked.get(name) ?? {};
    const account = address === undefined ? undefined : this.cluster.account(address);
    if (kind === undefined || address === undefined || account === undefined)
      throw new Error(`${name} is missing`);
    const data = encodeAccount(kind, restored(decodeAccount(kind, account.data), fields), account.data);
    this.cluster.setAccount(address, { ...account, data });
  }

  /** Somebody of this name, who has the same keys each time. */
  async join(name: string, means: Means): Promise<DriftActor> {
    const keypair = Keypair.fromSeed(createHash('sha256').update(name).digest());
    const key = keypair.publicKey.toBytes();
    for (const subAccount of [0, 1])
      this.#tracked.set(`${name}${subAccount}`, {
        kind: 'User',
        address: driftAddress('user', key, subAccount),
      });
    this.#tracked.set(`${name}Stats`, { kind: 'UserStats', address: driftAddress('user_stats', key) });
    this.#tracked.set(`${name}Stake`, {
      kind: 'InsuranceFundStake',
      address: driftAddress('insurance_fund_stake', key, 0),
    });
    const actor = await DriftActor.join(this.cluster, means, keypair);
    this.#tokens.set(`${name}Usdc`, actor.usdcAccount.toBase58());
    this.#actors.push(actor);
    this.#note(`${name} joins`, {}, []);
    return actor;
  }

  /** Sends instructions as one transaction, and writes down what came of it. */
  async send(step: string, actor: DriftActor, build: Building): Promise<void> {
    await this.call(step, actor, async () => {
      const built = await build;
      return submit(actor.connection, actor.keypair, [ENOUGH, ...('programId' in built ? [built] : built)]);
    });
  }

  /** The same of what the SDK sends by itself. */
  async call(step: string, { connection }: DriftActor, act: () => Promise<string>): Promise<void> {
    let logs: readonly string[] = [];
    let refused: { readonly error?: number } = {};
    try {
      logs = await logsOf(connection, await act());
    } catch (cause) {
      refused = { error: codeOf(cause) };
    }
    this.#note(step, refused, loggedEvents(logs));
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    for (const actor of this.#actors) await actor.refresh();
  }

  #note(step: string, refused: { readonly error?: number }, events: Outcome['events']): void {
    const after = this.#read();
    const changed: Record<string, PlainFields> = {};
    for (const [name, fields] of Object.entries(after)) {
      const difference = changes(this.#before[name] ?? this.#blank(name), fields);
      if (Object.keys(difference).length > 0) changed[name] = difference;
    }
    for (const name of Object.keys(this.#before)) if (!(name in after)) changed[name] = { gone: true };
    this.#before = after;
    this.outcomes.push({ step, ...refused, events, changed });
  }

  /** What an account holds that was just made: such fields needn't be written down. */
  #blank(name: string): PlainFields {
    const kind = this.#tracked.get(name)?.kind;
    return kind === undefined ? {} : plainFields(zeroOf(kind));
  }

  #read(): Record<string, PlainFields> {
    const read: Record<string, PlainFields> = {};
    for (const [name, { kind, address }] of this.#tracked) {
      const account = this.cluster.account(address);
      if (account?.owner !== DRIFT_PROGRAM) continue;
      read[name] = said(decodeAccount(kind, account.data));
    }
    const tokens: Record<string, string> = {};
    for (const [name, address] of this.#tokens) {
      const data = this.cluster.account(address)?.data;
      if (data !== undefined && data.length > AMOUNT_AT)
        tokens[name] = Buffer.from(data).readBigUInt64LE(AMOUNT_AT).toString();
    }
    return { ...read, tokens };
  }

  async close(): Promise<void> {
    for (const actor of this.#actors) await actor.leave();
    await this.cluster.close();
  }
}

const said = (fields: Fields): PlainFields =>
  Object.fromEntries(Object.entries(plainFields(fields)).filter(([name]) => !MISREAD.has(name)));

async function logsOf(connection: Connection, signature: string): Promise<readonly string[]> {
  const landed = await connection.getTransaction(signature, {
    commitment: 'confirmed',
    maxSupportedTransactionVersion: 0,
  });
  return landed?.meta?.logMessages ?? [];
}

/** The code in a node's refusal. Throws what isn't one. */
function codeOf(cause: unknown): number {
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = /custom program error: 0x([0-9a-f]+)/.exec(text)?.[1];
  if (code === undefined) throw cause;
  return Number.parseInt(code, 16);
}

export const userKey = (actor: DriftActor, subAccount = 0): PublicKey =>
  new PublicKey(driftAddress('user', actor.keypair.publicKey.toBytes(), subAccount));
