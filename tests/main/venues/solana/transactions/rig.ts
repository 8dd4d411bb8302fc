import path from 'node:path';

import * as web3 from '@solana/web3.js';
import type { Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';

import { openDatabase } from '../../../../../src/main/storage/database.ts';
import type { TransactionRecord } from '../../../../../src/main/storage/transactionJournal.ts';
import { TransactionRepository } from '../../../../../src/main/storage/transactionRepository.ts';
import type { Explain } from '../../../../../src/main/venues/solana/transactions/explain.ts';
import type { Intent } from '../../../../../src/main/venues/solana/transactions/intent.ts';
import { SENDING_SETTINGS } from '../../../../../src/main/venues/solana/transactions/sendingSettings.ts';
import {
  TransactionDesk,
  type TransactionDeskParts,
} from '../../../../../src/main/venues/solana/transactions/transactionDesk.ts';
import type { LogContext, Logger } from '../../../../../src/main/platform/logger.ts';
import { readGroup } from '../../../../../src/shared/settings/group.ts';
import { ManualTime } from '../../../market/access/manualTime.ts';
import { NOW, scratchFolder } from '../../../storage/fixtures/scratch.ts';
import { CLUSTER } from './payment.ts';
import { ScriptedChain } from './scriptedChain.ts';
import { TestSigner } from './testSigner.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly context: LogContext;
}

export const EXPLAIN: Explain = (error, logs) => ({
  code: 'INSUFFICIENT_COLLATERAL',
  message: `The program said ${JSON.stringify(error)} in ${logs.length} lines.`,
});

/** A desk over a scripted cluster, with a journal on the disk and a real key. */
export class Rig {
  readonly time = new ManualTime(1_000_000);
  readonly chain = new ScriptedChain(this.time);
  readonly signer = new TestSigner();
  readonly log: LogLine[] = [];
  readonly alerts: { readonly id: string; readonly cause: string }[] = [];
  readonly file: string;
  readonly #dbs: Database[] = [];
  desk: TransactionDesk;
  journal: TransactionRepository;

  constructor(parts: Partial<TransactionDeskParts> = {}) {
    this.file = path.join(scratchFolder(), 'journal.sqlite');
    this.journal = this.#openJournal();
    this.desk = this.deskWith(parts);
    onTestFinished(() => {
      for (const db of this.#dbs) db.close();
    });
  }

  /** The connection that the journal writes through. */
  get db(): Database {
    const db = this.#dbs.at(-1);
    if (db === undefined) throw new Error('no database is open');
    return db;
  }

  deskWith(parts: Partial<TransactionDeskParts> = {}): TransactionDesk {
    return new TransactionDesk({
      chain: this.chain,
      web3,
      payer: this.signer.address,
      sign: this.signer.sign,
      journal: this.journal,
      explain: EXPLAIN,
      settings: () => readGroup(SENDING_SETTINGS, {}),
      clock: this.time,
      schedule: this.time,
      uniform: () => 0.5,
      log: recordingLog(this.log),
      alert: ({ id }, cause) => this.alerts.push({ id, cause }),
      ...parts,
    });
  }

  /** Another process over the same file. */
  restart(parts: Partial<TransactionDeskParts> = {}): TransactionDesk {
    this.#dbs.pop()?.close();
    this.journal = this.#openJournal();
    this.desk = this.deskWith(parts);
    return this.desk;
  }

  intent(id = 'order-1', more: Partial<Intent> = {}): Intent {
    const own = new web3.PublicKey(this.signer.address);
    const transfer = web3.SystemProgram.transfer({ fromPubkey: own, toPubkey: own, lamports: 1 });
    return { id, kind: 'order', words: `Carry ${id}.`, instructions: [transfer], ...more };
  }

  record(id = 'order-1'): TransactionRecord | undefined {
    return this.journal.attempts(id).at(-1);
  }

  /** Lets time pass in small steps, and everything that waits for it run. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await quiet();
      this.time.pass(STEP_MS);
    }
    await quiet();
  }

  /** Resolves once so much time has passed. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.time.after(ms, resolve);
    });
  }

  /** Lets time pass until something is done, and says how long that took, in ms. */
  async until<Done>(promise: Promise<Done>): Promise<{ readonly done: Done; readonly tookMs: number }> {
    const start = this.time.now();
    const over = new AbortController();
    const settled = promise.finally(() => {
      over.abort();
    });
    settled.catch(() => undefined);
    for (await quiet(); !over.signal.aborted; await quiet()) {
      if (this.time.now() - start > LONGEST_MS) throw new Error('It never came to an end.');
      this.time.pass(STEP_MS);
    }
    return { done: await settled, tookMs: this.time.now() - start };
  }

  #openJournal(): TransactionRepository {
    const db = openDatabase(this.file, { now: NOW });
    this.#dbs.push(db);
    return new TransactionRepository(db, CLUSTER);
  }
}

const STEP_MS = 100;
const LONGEST_MS = 600_000;

/** Until nothing more happens without time passing. */
const quiet = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

function recordingLog(lines: LogLine[]): Logger {
  const at =
    (level: string) =>
    (message: string, context: LogContext = {}): void => {
      lines.push({ level, message, context });
    };
  const log: Logger = {
    level: 'debug',
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    isEnabled: () => true,
    child: () => log,
  };
  return log;
}
