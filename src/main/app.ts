import type { CeremonyEnd, CeremonyTask } from '../shared/contract/ceremony.ts';
import type { AppError } from '../shared/contract/appError.ts';
import type { EngineStatusData, Interruption } from '../shared/contract/engineStatus.ts';
import type { FundingUpdateData } from '../shared/contract/fundingUpdate.ts';
import type { Carrier, Session } from './commands/carrier.ts';
import { ClientSession } from './commands/clientSession.ts';
import { Dispatcher } from './commands/dispatcher.ts';
import { EngineVoice, type StatusListener } from './commands/engineVoice.ts';
import { explained } from './commands/explained.ts';
import type { Handlers } from './commands/handlers.ts';
import { appHandlers } from './commands/handlers/appHandlers.ts';
import { engineHandlers } from './commands/handlers/engineHandlers.ts';
import { LATER_HANDLERS } from './commands/handlers/laterHandlers.ts';
import { marketHandlers } from './commands/handlers/marketHandlers.ts';
import { orderHandlers } from './commands/handlers/orderHandlers.ts';
import { operationHandlers } from './commands/handlers/operationHandlers.ts';
import { strategyHandlers } from './commands/handlers/strategyHandlers.ts';
import { STREAM_HANDLERS } from './commands/handlers/streamHandlers.ts';
import { vaultHandlers } from './commands/handlers/vaultHandlers.ts';
import { walletHandlers } from './commands/handlers/walletHandlers.ts';
import { ENGINE_SETTINGS } from './engine/engineSettings.ts';
import { LIVE_SETTINGS } from './engine/liveSettings.ts';
import { RISK_SETTINGS } from './risk/riskSettings.ts';
import { composeLive } from './live/compose.ts';
import { liveHandlers } from './commands/handlers/liveHandlers.ts';
import { Operations } from './commands/operations.ts';
import { PaperStreams } from './commands/paperStreams.ts';
import { startChildSigner } from './custody/signer/childSigner.ts';
import type { SignerProcess } from './custody/signer/signerProcess.ts';
import { WalletDesk, type WalletWindows } from './custody/walletDesk.ts';
import { WALLET_SETTINGS } from './custody/walletSettings.ts';
import { VenueAccess } from './market/access/venueAccess.ts';
import { stopwatch, wallClock } from './platform/clock.ts';
import { randomId, randomSeed } from './platform/ids.ts';
import { LOG_LEVEL_SETTING, createLogger, type LogLevel, type Logger } from './platform/logger.ts';
import { Random } from './platform/random.ts';
import { realSchedule } from './platform/schedule.ts';
import { PAPER_VAULT } from './simulation/openRun.ts';
import { RunStorage } from './simulation/runStorage.ts';
import { MarketFiles } from './simulation/marketFiles.ts';
import { Pacer } from './simulation/pacer.ts';
import { PaperDesk } from './simulation/paperDesk.ts';
import { logFolderOf, openDemo } from './simulation/demo.ts';
import { SettingsDesk } from './simulation/settingsDesk.ts';
import { VaultKeeper } from './simulation/vaultKeeper.ts';
import { AnswerRepository } from './storage/answerRepository.ts';
import { OpenFolder } from './storage/openFolder.ts';
import { SettingsRepository } from './storage/settingsRepository.ts';
import { WalletRepository } from './storage/walletRepository.ts';

/** Settings that a live engine has from its opening on. */
const OPENED_WITH = Object.values({ ...LIVE_SETTINGS, ...ENGINE_SETTINGS, ...RISK_SETTINGS }).map(
  ({ name }) => name,
);

/** How often to look whether a day has begun that has no backup yet. */
const BACKUP_LOOK_MS = 3_600_000;

export interface ProgramOptions {
  /** Where the database, the logs, the backups and the exports are kept. */
  readonly dataDir: string;
  readonly appVersion: string;
  /** What the command line or the environment says; undefined leaves it to the setting. */
  readonly logLevel: LogLevel | undefined;
  readonly stderrLevel: LogLevel | 'none';
  /** How the process that has the keys is started; undefined: as a child process of Node.js, on the same terminal. */
  readonly startSigner?: () => SignerProcess;
  /** Whether this host may trade real money; undefined: it may not, and an engine that was live stays where it is. */
  readonly allowsLive?: boolean;
}

/** What a tray or a title bar shows. */
export interface Glance {
  readonly status: EngineStatusData;
  /** Null while the vault can't be opened. */
  readonly funding: FundingUpdateData | null;
}

/** The program without a host: it is given carriers, and told what happens to the computer. */
export interface Program {
  /** New at every start. */
  readonly instanceId: string;
  readonly dataDir: string;
  /** Minutes of the paper market that earlier processes had done. */
  readonly resumedAt: number;
  readonly log: Logger;
  /** A client that has been let in. */
  connect(carrier: Carrier): Session;
  glance(): Glance;
  /** Told whenever the state of the engine changes, and of every event. Returns what ends it. */
  onStatus(listener: StatusListener): () => void;
  /** SOS from outside a window: a tray, a signal. Durable when it resolves. */
  sos(flatten: boolean): Promise<void>;
  releaseSos(): Promise<void>;
  /** What a host does with wallets: nothing secret passes through here. */
  readonly wallets: ProgramWallets;
  /** The computer slept, or its clock jumped: sync first, then go on (R11.5). */
  interrupted(interruption: Interruption): Promise<void>;
  /** Stops gracefully; everything is durable when it resolves. */
  close(): Promise<void>;
}

/** The wallets, as far as a host has to do with them. */
export interface ProgramWallets {
  /** From now on secrets have windows of their own. */
  useWindows(windows: WalletWindows): void;
  /** Holds a ceremony between the signer and whoever has the other end of the port. */
  ceremony(task: CeremonyTask, port: unknown): Promise<CeremonyEnd>;
  /** Asks for the passphrase of the active wallet on the terminal. @returns the wallet's name */
  unlockAtTerminal(): Promise<string>;
  /** The computer goes to sleep. */
  sleep(): Promise<void>;
}

/** The wallets of a data folder, for a command that works with nothing else. */
export interface OpenWallets {
  readonly wallets: WalletDesk;
  close(): void;
}

/** Opens the data folder for its wallets alone. Throws AppError where the folder or database refuses. */
export function openWallets(options: Omit<ProgramOptions, 'appVersion'>): OpenWallets {
  const folder = new OpenFolder(options.dataDir, () => wallClock.now());
  try {
    const log = loggerOf(options, new SettingsRepository(folder.db));
    const wallets = composeWallets(options, folder, () => log);
    return {
      wallets,
      close: () => {
        wallets.close();
        folder.close();
      },
    };
  } catch (error) {
    folder.close();
    throw error;
  }
}

/** Opens the data folder and builds everything on it. Throws AppError where the folder or database refuses. */
export function openProgram(options: ProgramOptions): Program {
  const folder = new OpenFolder(options.dataDir, () => wallClock.now());
  try {
    return composeProgram(options, folder);
  } catch (error) {
    folder.close();
    throw error;
  }
}

function composeProgram(options: ProgramOptions, folder: OpenFolder): Program {
  const now = (): number => wallClock.now();
  const elapsed = stopwatch;
  const startedAt = elapsed();
  const instanceId = randomId();
  const { appVersion, dataDir, allowsLive = false } = options;
  const repository = (): SettingsRepository => new SettingsRepository(folder.db);
  // The level may change while the program runs; whoever logs asks for the log of now.
  let log = loggerOf(options, repository());
  const explain = (error: unknown): AppError => explained(error, log, randomId);
  const files = new MarketFiles(dataDir);

  const voice = new EngineVoice({ instanceId, now, elapsed, explain });
  const source: PaperStreams = new PaperStreams(() => desk);
  const desk: PaperDesk = new PaperDesk({
    open: (heard) => {
      log = loggerOf(options, repository());
      return openDemo(folder.db, { dataDir, files, log, now }, heard);
    },
    haltUnread: (halt) => {
      const storage = new RunStorage(folder.db, PAPER_VAULT, now);
      storage.setHalt(storage.halt() === 'flattening' ? 'flattening' : halt, now());
    },
    pacer: new Pacer(),
    listener: voice,
    handMoved: () => {
      source.moved();
    },
    now,
    elapsed,
    explain,
  });
  const jitter = new Random(randomSeed());
  const { live, goingLive } = composeLive({
    folder,
    wallets: () => wallets,
    settings: repository,
    voice,
    log: () => log,
    uniform: () => jitter.uniform(),
    elapsed,
    explain,
  });
  voice.follow(desk, live);
  /** What a live engine is opened with: another text, and it is opened anew. */
  const liveSettings = (): string => {
    const { overrides } = repository().load();
    return JSON.stringify(OPENED_WITH.map((name) => overrides[name]));
  };
  let openedWith = liveSettings();
  const settings = new SettingsDesk({
    desk,
    repository,
    changed: (revision) => {
      // Fees and margins may be others now.
      access.cache.clear();
      voice.say({ kind: 'settings', revision });
      if (liveSettings() !== openedWith) {
        openedWith = liveSettings();
        live.reopen();
      }
      wallets.idleChanged().catch(explain);
    },
  });
  let wasTrading = false;
  voice.listen(() => {
    if (live.isTrading === wasTrading) return;
    wasTrading = live.isTrading;
    wallets.idleChanged().catch(explain);
  });
  const closingSignal = new AbortController();
  const access = new VenueAccess({
    venue: PAPER_VAULT.venue,
    marketClock: { now: () => desk.open?.manual?.lane.now ?? 0 },
    now: elapsed,
    schedule: realSchedule,
    uniform: () => jitter.uniform(),
    signal: closingSignal.signal,
  });
  const keeper = new VaultKeeper({
    desk,
    folder,
    dataDir,
    files,
    log,
    now,
    replaced: (reason) => {
      access.cache.clear();
      voice.replaced(reason);
    },
  });
  // Another run is another market.
  source.onReplaced(() => {
    access.cache.clear();
  });
  const wallets = composeWallets(
    options,
    folder,
    () => log,
    () => {
      voice.say({ kind: 'wallets' });
    },
    () => live.isTrading,
  );
  const operations = new Operations({
    nextId: randomId,
    now,
    reported: ({ operationId, command, progress }) => {
      if (progress !== null) voice.say({ kind: 'progress', operationId, command, ...progress });
    },
  });
  const { broadcaster } = voice;
  const uptimeMs = (): number => Math.round(elapsed() - startedAt);
  const handlers: Handlers = {
    ...engineHandlers({ desk, live, goingLive, settings, voice, appVersion, instanceId, now, allowsLive }),
    ...operationHandlers(operations),
    ...vaultHandlers({ desk, live, keeper }),
    ...marketHandlers({ desk, isLive: () => live.session !== undefined, access }),
    ...orderHandlers({ desk, live, access }),
    ...liveHandlers({ live, goingLive, now, allowsLive }),
    ...STREAM_HANDLERS,
    ...walletHandlers(wallets),
    ...strategyHandlers({ files, now, elapsed }),
    ...appHandlers({
      desk,
      live,
      settings,
      keeper,
      files,
      folder,
      broadcaster,
      access,
      appVersion,
      now,
      uptimeMs,
    }),
    ...LATER_HANDLERS,
  };
  const answers = (): AnswerRepository => new AnswerRepository(folder.db);
  const dispatcher = new Dispatcher({ handlers, operations, answers, now, explain });
  if (desk.open?.storage.running() === true) desk.resume();
  wallets.start();
  const earlier = goingLive.earlier();
  if (earlier !== undefined && allowsLive) live.begin(earlier);
  else if (earlier !== undefined)
    log.warn('An engine was live here. It is not gone on with: this host was not allowed to trade live.', {
      ...earlier.place,
    });
  const cancelBackups = realSchedule.every(BACKUP_LOOK_MS, () => {
    keeper.backUpIfDue().catch(explain);
  });

  const close = async (): Promise<void> => {
    cancelBackups();
    operations.cancelAll();
    closingSignal.abort();
    wallets.close();
    await dispatcher.close();
    try {
      await live.close();
      await goingLive.close();
      await desk.close();
    } finally {
      await broadcaster.close();
      folder.close();
    }
  };
  const streams = { source, schedule: realSchedule, nextId: randomId, now, elapsed, explain };
  let closing: Promise<void> | undefined;

  return {
    instanceId,
    dataDir,
    resumedAt: desk.open?.resumedAt ?? 0,
    get log() {
      return log;
    },
    connect: (carrier) => new ClientSession(carrier, { broadcaster, dispatcher, streams, elapsed }),
    glance: () => ({ status: voice.status(), funding: voice.funding() }),
    onStatus: (listener) => voice.listen(listener),
    async sos(flatten) {
      await Promise.all([desk.sos(flatten), live.sos(flatten)]);
    },
    async releaseSos() {
      await Promise.all([desk.releaseSos(), live.releaseSos()]);
    },
    wallets: {
      useWindows: (windows) => {
        wallets.useWindows(windows);
      },
      ceremony: (task, port) => wallets.ceremony(task, { port }),
      unlockAtTerminal: async () => (await wallets.unlockAtTerminal()).name,
      sleep: () => wallets.sleep(),
    },
    async interrupted(interruption) {
      const slept = interruption.cause === 'sleep' ? wallets.sleep() : undefined;
      live.interrupted(interruption);
      await Promise.all([slept, desk.interrupted(interruption)]);
    },
    close: () => (closing ??= close()),
  };
}

function loggerOf(
  { logLevel, stderrLevel, dataDir }: Omit<ProgramOptions, 'appVersion'>,
  settings: SettingsRepository,
): Logger {
  const kept = settings.load().overrides[LOG_LEVEL_SETTING.name];
  const level = logLevel ?? LOG_LEVEL_SETTING.parse(kept ?? LOG_LEVEL_SETTING.fallback);
  return createLogger({ folder: logFolderOf(dataDir), level, stderrLevel, now: () => wallClock.now() });
}

function composeWallets(
  { startSigner = () => startChildSigner(process.env) }: Pick<ProgramOptions, 'startSigner'>,
  folder: OpenFolder,
  log: () => Logger,
  changed: () => void = () => undefined,
  isTrading: () => boolean = () => false,
): WalletDesk {
  return new WalletDesk({
    records: () => new WalletRepository(folder.db),
    startSigner,
    schedule: realSchedule,
    now: () => wallClock.now(),
    // An engine that is live and has nothing to do must be able to sign when it has.
    idleMs: () => (isTrading() ? 0 : autoLockMsOf(new SettingsRepository(folder.db))),
    changed,
    log: (level, text) => {
      log()[level](text, {});
    },
  });
}

const MINUTE_MS = 60_000;

function autoLockMsOf(settings: SettingsRepository): number {
  const { autoLockMinutes: setting } = WALLET_SETTINGS;
  return setting.parse(settings.load().overrides[setting.name] ?? setting.fallback) * MINUTE_MS;
}
