import type { Database } from 'better-sqlite3';
import type { BackupView } from '../../shared/contract/commands/appCommands.ts';
import { AppError } from '../../shared/contract/appError.ts';
import type { MarketSource } from '../../shared/contract/commands/vaultCommands.ts';
import { HOUR_MS } from '../domain/funding.ts';
import type { Halt } from '../engine/view.ts';
import { AnswerRepository } from '../storage/answerRepository.ts';
import type { Backup } from '../storage/backup.ts';
import type { OpenFolder } from '../storage/openFolder.ts';
import { ConfirmationRepository } from '../storage/confirmationRepository.ts';
import { keepTransactions } from '../storage/keepTransactions.ts';
import { SettingsRepository } from '../storage/settingsRepository.ts';
import { WalletRepository } from '../storage/walletRepository.ts';
import { openDemo, requestOf, type DemoParts } from './demo.ts';
import { MANUAL_VAULT, PAPER_VAULT } from './openRun.ts';
import { capitalFrom } from './paperCapital.ts';
import type { PaperDesk } from './paperDesk.ts';
import { runOverrides } from './programSettings.ts';
import type { RunConfig } from './runConfig.ts';
import { checkInputs, inputFileAt } from './runInputs.ts';
import { RunStorage } from './runStorage.ts';

export interface VaultKeeperParts extends DemoParts {
  readonly desk: PaperDesk;
  readonly folder: OpenFolder;
  /** Told when what was read of the vault before no longer holds. */
  readonly replaced: (reason: 'reset' | 'restored') => void;
}

/** Ends vaults, begins new ones, and goes back to earlier ones: never without a backup, and never half. */
export class VaultKeeper {
  readonly #parts: VaultKeeperParts;

  constructor(parts: VaultKeeperParts) {
    this.#parts = parts;
  }

  /**
   * Begins the paper vault anew. An SOS stays.
   * @returns the name of the backup that was made of the one before
   * @param onlyIfFirstRun refuses (ENGINE_ALREADY_RUNNING) where somebody has begun meanwhile
   * Throws INVALID_SIZE, INVALID_DATA_FILE: then nothing has changed.
   */
  async reset(
    capital: string | undefined,
    market: MarketSource | undefined,
    onlyIfFirstRun = false,
  ): Promise<string> {
    const { desk, folder, replaced, now } = this.#parts;
    const backup = await desk.replaced(() => {
      const storage = new RunStorage(folder.db, PAPER_VAULT, now);
      if (onlyIfFirstRun && !desk.isFresh)
        throw new AppError(
          'ENGINE_ALREADY_RUNNING',
          'Somebody has begun in another window meanwhile. Nothing was changed.',
        );
      const config = this.#configOf(storage.config(), capital, market);
      checkInputs(requestOf(config, this.#parts));
      const { name } = folder.backUp('before-reset');
      storage.begin(config, [MANUAL_VAULT]);
      return name;
    });
    replaced('reset');
    return backup;
  }

  backUp(): Promise<BackupView> {
    const { desk, folder } = this.#parts;
    return desk.betweenSteps(() => {
      desk.open?.run.commit();
      return backupViewOf(folder.backUp('asked'));
    });
  }

  /** The backup of the day, where the program has been up since the day before. */
  backUpIfDue(): Promise<void> {
    return this.#parts.desk.betweenSteps(() => {
      this.#parts.folder.backUpIfDue();
    });
  }

  backups(): readonly BackupView[] {
    return this.#parts.folder.backups().map(backupViewOf);
  }

  /**
   * Goes back to a backup. What must outlive it goes into it first: answers (what was done once is not done again), an
   * SOS, every wallet (its key may be nowhere else), what was signed for a venue, what of confirmations was used and
   * revoked, and a revision of the settings that no window has seen.
   * @returns the name of the backup of what was there before
   * Throws INVALID_PAYLOAD, DATABASE_CORRUPT, INVALID_DATA_FILE: then nothing has changed.
   */
  async restore(name: string): Promise<string> {
    const { desk, folder, replaced, now } = this.#parts;
    const before = await desk.replaced(() => {
      const answers = new AnswerRepository(folder.db).all();
      const halt = new RunStorage(folder.db, PAPER_VAULT, now).halt();
      const { revision } = new SettingsRepository(folder.db).load();
      const wallets = new WalletRepository(folder.db);
      const [records, active] = [wallets.all(), wallets.active()];
      const confirmations = new ConfirmationRepository(folder.db).all();
      return folder.restore(name, (candidate) => {
        new AnswerRepository(candidate).keep(answers);
        new WalletRepository(candidate).keep(records, active);
        keepTransactions(folder.db, candidate);
        new ConfirmationRepository(candidate).keep(confirmations);
        this.#prepare(candidate, halt, revision);
      });
    });
    replaced('restored');
    return before;
  }

  #prepare(candidate: Database, halt: Halt, revision: number): void {
    const { now } = this.#parts;
    const storage = new RunStorage(candidate, PAPER_VAULT, now);
    const { overrides: changed, revision: own } = new SettingsRepository(candidate).load();
    const config = storage.config();
    if (config !== undefined) {
      // Where nobody had changed any, the vault's own settings are the program's.
      const overrides = own === 0 ? config.overrides : changed;
      const settings = { revision: Math.max(own, revision) + 1, overrides };
      storage.changeSettings(settings, { ...config, overrides: runOverrides(overrides) });
    }
    if (halt !== 'none') storage.setHalt(halt, now());
    storage.setRunning(false, now());
    // What can't be worked with must not take the place of what can.
    openDemo(candidate, this.#parts, () => undefined).close();
  }

  #configOf(
    kept: RunConfig | undefined,
    capital: string | undefined,
    market: MarketSource | undefined,
  ): RunConfig {
    const t = this.#parts.now();
    const fallback = requestOf(kept, this.#parts);
    return {
      seed: fallback.seed,
      overrides: fallback.overrides,
      script: null,
      startMs: t - (t % HOUR_MS),
      capital: capitalFrom(capital ?? fallback.capital),
      ...(market === undefined ? { market: kept?.market ?? { kind: 'simulated' } } : this.#sourceOf(market)),
    };
  }

  #sourceOf(market: MarketSource): Pick<RunConfig, 'seed' | 'market'> | Pick<RunConfig, 'market'> {
    if (market.kind === 'simulated') return { seed: market.seed, market: { kind: 'simulated' } };
    const { files } = this.#parts;
    const candles = inputFileAt(files.pathOf(market.candles));
    const funding = inputFileAt(files.pathOf(market.funding));
    return { market: { kind: 'recorded', candles, funding } };
  }
}

const REASONS = {
  daily: 'daily',
  asked: 'asked',
  'before-reset': 'beforeReset',
  'before-restore': 'beforeRestore',
  'before-migration-from': 'beforeMigration',
} as const;

const backupViewOf = ({ name, t, bytes, reason }: Backup): BackupView => ({
  backup: name,
  t,
  bytes,
  reason: REASONS[reason],
});
