import { randomUUID } from 'node:crypto';
import type { Keypair } from '@solana/web3.js';

import { usd } from '../../src/shared/money/quantity.ts';
import type { Overrides } from '../../src/shared/settings/group.ts';
import type { LogEntry } from '../../src/main/engine/eventLog.ts';
import { LiveRun } from '../../src/main/live/liveRun.ts';
import { LiveStorage } from '../../src/main/live/liveStorage.ts';
import { silentLogger } from '../../src/main/platform/logger.ts';
import { ConfirmationDesk } from '../../src/main/risk/confirmation/confirmationDesk.ts';
import type { Question } from '../../src/main/risk/confirmation/question.ts';
import type { HealthAlert } from '../../src/main/risk/healthAlerts.ts';
import type { DriftVenue } from '../../src/main/venues/drift/driftVenue.ts';
import { readSettings } from '../../src/main/simulation/settings.ts';
import { ConfirmationRepository } from '../../src/main/storage/confirmationRepository.ts';
import { IN_MEMORY, OpenFolder } from '../../src/main/storage/openFolder.ts';
import { DriftRig, type DriftRigOptions, type ReachedCluster } from './driftRig.ts';

export const LIVE_VAULT = { engine: 'funding', venue: 'drift', subAccount: 0, mode: 'live' } as const;

/** A busy machine is no slow venue. */
const PATIENT: Overrides = { 'risk.maxLatencyMs': '10000' };

/** A live engine on a local cluster, in a data folder that outlives it. */
export class LiveRig {
  readonly drift: DriftRig;
  readonly venue: DriftVenue;
  readonly run: LiveRun;
  readonly storage: LiveStorage;
  readonly confirmations: ConfirmationDesk;
  readonly lines: LogEntry[];
  readonly questions: readonly Question[];
  readonly alerts: readonly HealthAlert[];

  private constructor({ drift, venue, run, storage, confirmations, lines, questions, alerts }: LiveParts) {
    this.drift = drift;
    this.venue = venue;
    this.run = run;
    this.storage = storage;
    this.confirmations = confirmations;
    this.lines = lines;
    this.questions = questions;
    this.alerts = alerts;
  }

  /** A process that opens a folder and goes live. @param before what an earlier one has logged */
  static async open(
    cluster: ReachedCluster,
    wallet: Keypair,
    {
      folder = new OpenFolder(IN_MEMORY, () => 0),
      settings = {},
      before = [],
      ...driftOptions
    }: LiveOptions = {},
  ): Promise<LiveRig> {
    const drift = await DriftRig.start(cluster, wallet, { ...driftOptions, folder });
    const confirmations = new ConfirmationDesk(new ConfirmationRepository(folder.db), randomUUID);
    const storage = new LiveStorage(folder.db, LIVE_VAULT, () => drift.clock.now());
    const lines: LogEntry[] = [...before];
    const questions: Question[] = [];
    const alerts: HealthAlert[] = [];
    const venue = drift.venue();
    const run = await LiveRun.open({
      venue,
      storage,
      settings: readSettings({ ...PATIENT, ...settings }),
      confirmations,
      place: { venue: 'drift', owner: drift.address, subAccount: 0 },
      clock: drift.clock,
      log: silentLogger,
      heard: (entries) => lines.push(...entries),
      asked: (question) => questions.push(question),
      alerted: (alert) => alerts.push(alert),
    });
    return new LiveRig({ drift, venue, run, storage, confirmations, lines, questions, alerts });
  }

  /** Lets the engine trade while nobody looks. */
  grant(perTrade = 100_000, perDay = 1_000_000): void {
    const { clock, address } = this.drift;
    const now = clock.now();
    this.confirmations.grant(
      { venue: 'drift', owner: address, subAccount: 0 },
      {
        perTrade: usd(BigInt(perTrade) * 1_000_000n),
        perDay: usd(BigInt(perDay) * 1_000_000n),
        until: now + 30 * 86_400_000,
      },
      now,
    );
  }

  /** Ends the process gracefully; the folder stays. */
  async close(): Promise<void> {
    await this.run.close();
    await this.drift.leave();
  }
}

export interface LiveOptions extends DriftRigOptions {
  readonly settings?: Overrides;
  readonly before?: readonly LogEntry[];
}

type LiveParts = Pick<
  LiveRig,
  'drift' | 'venue' | 'run' | 'storage' | 'confirmations' | 'lines' | 'questions' | 'alerts'
>;
