import type { BackupView } from '../../shared/contract/commands/appCommands.ts';
import type { MarketSource } from '../../shared/contract/commands/vaultCommands.ts';
import { HOUR_MS } from '../domain/funding.ts';
import { AnswerRepository } from '../storage/answerRepository.ts';
import type { Backup } from '../storage/backup.ts';
import type { OpenFolder } from '../storage/openFolder.ts';
import type { MarketFiles } from './marketFiles.ts';
import { capitalFrom } from './paperCapital.ts';
import type { PaperDesk } from './paperDesk.ts';
import { inputFileAt } from './openRun.ts';
import type { RunConfig } from './runConfig.ts';

export interface VaultKeeperParts {
  readonly desk: PaperDesk;
  readonly folder: OpenFolder;
  readonly files: MarketFiles;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Told when what was read of the vault before no longer holds. */
  readonly replaced: (reason: 'reset' | 'restored') => void;
}

/** Ends vaults, begins new ones, and goes back to earlier ones: never without a backup. */
export class VaultKeeper {
  readonly #parts: VaultKeeperParts;

  constructor(parts: VaultKeeperParts) {
    this.#parts = parts;
  }

  /**
   * Begins the paper vault anew.
   * @returns the name of the backup that was made of the one before
   * Throws INVALID_SIZE, INVALID_DATA_FILE: then nothing has changed.
   */
  async reset(capital: string | undefined, market: MarketSource | undefined): Promise<string> {
    const { desk, folder, replaced } = this.#parts;
    let backup = '';
    const { config: kept } = desk.open;
    const config = this.#configOf(kept, capital, market);
    await desk.replaced(({ storage }) => {
      backup = folder.backUp('before-reset').name;
      storage.begin(config);
      storage.setRunning(false, this.#parts.now());
    });
    replaced('reset');
    return backup;
  }

  backUp(): Promise<BackupView> {
    const { desk, folder } = this.#parts;
    return desk.between(({ run }) => {
      run.commit();
      return backupViewOf(folder.backUp('asked'));
    });
  }

  backups(): readonly BackupView[] {
    return this.#parts.folder.backups().map(backupViewOf);
  }

  /**
   * Goes back to a backup. Answers that were given since stay given: what was done once is not done again.
   * @returns the name of the backup of what was there before
   */
  async restore(name: string): Promise<string> {
    const { desk, folder, replaced, now } = this.#parts;
    let before = '';
    await desk.replaced(() => {
      const answers = new AnswerRepository(folder.db).all();
      before = folder.backUp('before-restore').name;
      folder.restore(name);
      new AnswerRepository(folder.db).keep(answers);
    });
    await desk.between(({ storage }) => {
      storage.setRunning(false, now());
    });
    replaced('restored');
    return before;
  }

  #configOf(kept: RunConfig, capital: string | undefined, market: MarketSource | undefined): RunConfig {
    const t = this.#parts.now();
    const source = market === undefined ? {} : this.#sourceOf(market);
    return {
      ...kept,
      startMs: t - (t % HOUR_MS),
      script: null,
      ...source,
      capital: capitalFrom(capital ?? kept.capital),
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
