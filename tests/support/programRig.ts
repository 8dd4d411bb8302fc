import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import BetterSqlite3, { type Database } from 'better-sqlite3';
import { afterAll, onTestFinished } from 'vitest';

import { openProgram, type Program, type ProgramOptions } from '../../src/main/app.ts';
import type { Carrier, CloseReason, Session } from '../../src/main/commands/carrier.ts';
import { DATABASE_FILE } from '../../src/main/storage/openFolder.ts';
import {
  COMMANDS,
  type CommandName,
  type PayloadOf,
  type ReplyOf,
} from '../../src/shared/contract/commands.ts';
import type {
  EngineEventMessage,
  EngineState,
  EngineStatusData,
} from '../../src/shared/contract/engineStatus.ts';
import type { ErrorReply } from '../../src/shared/contract/errorReply.ts';
import {
  serverFrame,
  type BroadcastFrame,
  type MarketDataFrame,
  type ResultFrame,
  type ServerFrame,
} from '../../src/shared/contract/frames.ts';
import type { FundingUpdateData } from '../../src/shared/contract/fundingUpdate.ts';

/** Far more than anything takes: what never comes should fail with what did come, and not with a bare timeout. */
const PATIENCE_MS = 20_000;
const HOUR_MS = 3_600_000;

/** A frame that came, with its bytes. */
export interface Heard<Frame extends ServerFrame = ServerFrame> {
  readonly text: string;
  readonly frame: Frame;
}

interface Waiter {
  readonly fits: (heard: Heard) => boolean;
  readonly done: (heard: Heard) => void;
}

/**
 * A client with a carrier of its own. Whatever test it is in, it holds every frame against the contract: schema, reply
 * schema, numbering, and that a result was asked for here.
 */
export class RigClient implements Carrier {
  readonly heard: Heard[] = [];
  /** What the contract forbids and came all the same. */
  readonly problems: string[] = [];
  /** Set by a test: what a slow client has not read yet. */
  waitingBytes = 0;
  closedFor: CloseReason | undefined;
  readonly #session: Session;
  readonly #asked = new Set<string>();
  readonly #waiters = new Set<Waiter>();
  #last: BroadcastFrame | undefined;
  /** The last number of each stream that it was told the id of. */
  readonly #streams = new Map<string, number>();

  constructor(program: Pick<Program, 'connect'>) {
    this.#session = program.connect(this);
  }

  send(text: string): void {
    const parsed = serverFrame.safeParse(JSON.parse(text));
    if (!parsed.success) {
      this.problems.push(`no frame of the contract: ${text.slice(0, 300)}`);
      return;
    }
    const heard = { text, frame: parsed.data };
    this.#check(parsed.data);
    this.heard.push(heard);
    for (const waiter of this.#waiters) {
      if (!waiter.fits(heard)) continue;
      this.#waiters.delete(waiter);
      waiter.done(heard);
    }
  }

  close(reason: CloseReason): void {
    if (this.closedFor !== undefined) return;
    this.closedFor = reason;
    this.#session.ended();
  }

  /** The client goes away by itself. */
  leave(): void {
    this.#session.ended();
  }

  /** A frame as it is. */
  raw(text: string): void {
    this.#session.receive(text);
  }

  /** Sends, and waits for nothing. */
  post(command: string, payload: unknown, id: string = randomUUID()): string {
    this.#asked.add(id);
    this.raw(JSON.stringify({ id, command, payload }));
    return id;
  }

  /** The final result of a command: `accepted` is passed over. */
  async request(command: string, payload: unknown, id: string = randomUUID()): Promise<Heard<ResultFrame>> {
    const answered = this.next((heard) => isFinal(heard, id));
    this.post(command, payload, id);
    return (await answered) as Heard<ResultFrame>;
  }

  /** The data of a command that has to succeed, and to fit its schema. */
  async ask<Name extends CommandName>(
    command: Name,
    payload: PayloadOf<Name>,
    id?: string,
  ): Promise<ReplyOf<Name>> {
    const { frame } = await this.request(command, payload, id);
    if (frame.status !== 'ok') throw new Error(`${command} was refused: ${JSON.stringify(frame)}`);
    return COMMANDS[command].reply.parse(frame.data) as ReplyOf<Name>;
  }

  /** The error of a command that has to be refused. */
  async refusal(command: string, payload: unknown, id?: string): Promise<ErrorReply> {
    const { frame } = await this.request(command, payload, id);
    if (frame.status !== 'error') throw new Error(`${command} was not refused: ${JSON.stringify(frame)}`);
    return frame.error;
  }

  /** The next frame that fits, from now on. */
  next(fits: (heard: Heard) => boolean): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const last = this.heard.slice(-5).map(({ text }) => text.slice(0, 300));
        reject(new Error(`Nothing came that fits. The last frames: ${last.join('\n')}`));
      }, PATIENCE_MS);
      const waiter: Waiter = {
        fits,
        done: (heard) => {
          clearTimeout(timer);
          resolve(heard);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  async nextStatus(fits: (data: EngineStatusData) => boolean): Promise<EngineStatusData> {
    const { frame } = await this.next(({ frame }) => frame.type === 'ENGINE_STATUS' && fits(frame.data));
    return (frame as Extract<BroadcastFrame, { type: 'ENGINE_STATUS' }>).data;
  }

  async nextFigures(fits: (data: FundingUpdateData) => boolean = () => true): Promise<FundingUpdateData> {
    const { frame } = await this.next(({ frame }) => frame.type === 'FUNDING_UPDATE' && fits(frame.data));
    return (frame as Extract<BroadcastFrame, { type: 'FUNDING_UPDATE' }>).data;
  }

  /** Every result that came for an id, `accepted` too. */
  resultsOf(id: string): readonly Heard<ResultFrame>[] {
    return this.heard.filter(
      (heard): heard is Heard<ResultFrame> => heard.frame.type === 'COMMAND_RESULT' && heard.frame.id === id,
    );
  }

  get broadcasts(): readonly BroadcastFrame[] {
    return this.heard
      .map(({ frame }) => frame)
      .filter((frame) => frame.type !== 'COMMAND_RESULT' && frame.type !== 'MARKET_DATA');
  }

  /** What came of a stream. */
  marketDataOf(subscriptionId: string): readonly MarketDataFrame[] {
    return this.heard
      .map(({ frame }) => frame)
      .filter((frame) => frame.type === 'MARKET_DATA')
      .filter((frame) => frame.subscriptionId === subscriptionId);
  }

  get events(): readonly EngineEventMessage[] {
    return this.broadcasts.flatMap((frame) =>
      frame.type === 'ENGINE_STATUS' && frame.data.event !== undefined ? [frame.data.event] : [],
    );
  }

  get states(): readonly EngineState[] {
    return this.broadcasts.flatMap((frame) => (frame.type === 'ENGINE_STATUS' ? [frame.data.state] : []));
  }

  /** On to the next full hour of the market, where it stands still, and the figures there. */
  async nextFunding(): Promise<FundingUpdateData> {
    await this.ask('SET_CLOCK', { speed: 'pause' });
    const { engines } = await this.ask('GET_STATUS', {});
    const now = engines[0]?.funding?.timestamp ?? 0;
    const there = this.nextFigures(({ timestamp }) => timestamp === now - (now % HOUR_MS) + HOUR_MS);
    await this.ask('SET_CLOCK', { speed: 1 });
    await this.ask('SET_CLOCK', { speed: 'nextFunding' });
    const figures = await there;
    await this.ask('SET_CLOCK', { speed: 'pause' });
    return figures;
  }

  #check(frame: ServerFrame): void {
    if (frame.type === 'COMMAND_RESULT') {
      if (frame.id !== '' && !this.#asked.has(frame.id))
        this.problems.push(`a result that was asked for elsewhere: ${frame.id}`);
      if (frame.status === 'ok' && !replyFits(frame.command, frame.data))
        this.problems.push(`a reply that does not fit ${frame.command}`);
      if (frame.status === 'ok' && frame.command === 'SUBSCRIBE') {
        const { subscriptionId } = COMMANDS.SUBSCRIBE.reply.parse(frame.data);
        this.#streams.set(subscriptionId, this.#streams.get(subscriptionId) ?? 0);
      }
      return;
    }
    if (frame.type === 'MARKET_DATA') {
      this.#checkStream(frame);
      return;
    }
    const before = this.#last;
    this.#last = frame;
    if (frame.seq !== (before?.seq ?? 0) + 1)
      this.problems.push(`${before?.seq} is followed by ${frame.seq}`);
    if (before !== undefined && frame.instanceId !== before.instanceId)
      this.problems.push('the instance changed within a connection');
  }

  #checkStream({ subscriptionId, seq, data }: MarketDataFrame): void {
    const before = this.#streams.get(subscriptionId);
    this.#streams.set(subscriptionId, seq);
    if (before === undefined) this.problems.push('market data of nothing that was subscribed to');
    else if (seq !== before + 1) this.problems.push(`${before} of a stream is followed by ${seq}`);
    else if (seq === 1 && data.kind !== 'snapshot') this.problems.push('a stream begins without a snapshot');
  }
}

const replyFits = (command: string, data: unknown): boolean =>
  COMMANDS[command as CommandName].reply.safeParse(data).success;

const isFinal = ({ frame }: Heard, id: string): boolean =>
  frame.type === 'COMMAND_RESULT' && frame.id === id && frame.status !== 'accepted';

/** The real program on a real folder, without a host. */
export class ProgramRig {
  readonly dataDir: string;
  program: Program;
  readonly #clients: RigClient[] = [];
  #open = true;

  constructor(dataDir: string, options: Partial<ProgramOptions> = {}) {
    this.dataDir = dataDir;
    this.program = openProgram({
      dataDir,
      appVersion: '0.0.0-test',
      logLevel: 'error',
      stderrLevel: 'none',
      ...options,
    });
  }

  /** Where the engine stands now. */
  get status(): EngineStatusData {
    return this.program.glance().status;
  }

  /** What a tray would show now. */
  get figures(): FundingUpdateData {
    const { funding } = this.program.glance();
    if (funding === null) throw new Error('There are no figures.');
    return funding;
  }

  connect(): RigClient {
    const client = new RigClient(this.program);
    this.#clients.push(client);
    return client;
  }

  /** The same folder with a new program on it. Connections end. */
  async restart(): Promise<void> {
    await this.close();
    this.program = new ProgramRig(this.dataDir).program;
    this.#open = true;
  }

  /** What a process that is killed now would leave behind, opened by another. */
  crashed(): ProgramRig {
    const image = scratchFolder();
    cpSync(this.dataDir, image, { recursive: true, filter: (file) => !file.endsWith('.lock') });
    return rigOn(image);
  }

  /** Everything that clients heard against the contract. */
  get problems(): readonly string[] {
    return this.#clients.flatMap(({ problems }) => problems);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.program.close();
  }

  /** What a second reader finds on the disk. */
  rows(sql: string, ...values: readonly (string | number)[]): readonly Readonly<Record<string, unknown>>[] {
    return this.#other(true, (db) => db.prepare(sql).all(...values) as Record<string, unknown>[]);
  }

  /** Breaks, or mends, something behind the program's back. */
  meddle(sql: string): void {
    this.#other(false, (db) => db.exec(sql));
  }

  /** Every write to a table fails from now on, until it is mended. */
  breakTable(table: string, change: 'INSERT' | 'UPDATE' | 'DELETE' = 'INSERT'): () => void {
    const name = `broken_${table}_${change}`;
    this.meddle(
      `CREATE TRIGGER ${name} BEFORE ${change} ON ${table} BEGIN SELECT RAISE(ABORT, 'the disk says no'); END`,
    );
    return () => {
      this.meddle(`DROP TRIGGER ${name}`);
    };
  }

  #other<T>(readonly: boolean, work: (db: Database) => T): T {
    const db = new BetterSqlite3(path.join(this.dataDir, DATABASE_FILE), { readonly });
    try {
      return work(db);
    } finally {
      db.close();
    }
  }
}

/** A folder of the running test, gone when it ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'program-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A program on a folder, closed when the running test ends; the test fails where the contract was broken. */
export function rigOn(dataDir: string, options: Partial<ProgramOptions> = {}): ProgramRig {
  const rig = new ProgramRig(dataDir, options);
  onTestFinished(async () => {
    await rig.close();
    if (rig.problems.length > 0)
      throw new Error(`Against the contract: ${rig.problems.slice(0, 5).join('; ')}`);
  });
  return rig;
}

/** A new program on a new folder. */
export const newRig = (options: Partial<ProgramOptions> = {}): ProgramRig => rigOn(scratchFolder(), options);

/** A folder of a vault that has its hedge, and stands still; made once for a file of tests. */
let hedged: Promise<string> | undefined;

afterAll(async () => {
  if (hedged !== undefined) rmSync(await hedged, { recursive: true, force: true });
});

async function hedgedFolder(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hedged-'));
  const rig = new ProgramRig(folder);
  const client = rig.connect();
  await client.ask('SET_CLOCK', { speed: 'pause' });
  await client.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  const there = await client.nextFunding();
  if (there.target !== 'hedged') throw new Error('The engine did not enter.');
  await client.ask('STOP_ENGINE', { engine: 'funding' });
  await rig.close();
  return folder;
}

/** A program whose engine runs and holds its hedge since the first hour, its market paused. */
export async function hedgedRig(): Promise<{ readonly rig: ProgramRig; readonly client: RigClient }> {
  hedged ??= hedgedFolder();
  const folder = scratchFolder();
  cpSync(await hedged, folder, { recursive: true });
  const rig = rigOn(folder);
  const client = rig.connect();
  await client.ask('SET_CLOCK', { speed: 'pause' });
  await client.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  return { rig, client };
}
