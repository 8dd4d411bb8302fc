import type { AppError } from '../../shared/contract/appError.ts';
import { readGroup } from '../../shared/settings/group.ts';
import type { WalletDesk } from '../custody/walletDesk.ts';
import { ENGINE_SETTINGS } from '../engine/engineSettings.ts';
import { LIVE_SETTINGS } from '../engine/liveSettings.ts';
import type { PolicySettings } from '../engine/policy.ts';
import { wallClock } from '../platform/clock.ts';
import { randomId } from '../platform/ids.ts';
import type { Logger } from '../platform/logger.ts';
import { realSchedule } from '../platform/schedule.ts';
import { RISK_SETTINGS } from '../risk/riskSettings.ts';
import type { OpenFolder } from '../storage/openFolder.ts';
import type { SettingsRepository } from '../storage/settingsRepository.ts';
import { SENDING_SETTINGS } from '../venues/solana/transactions/sendingSettings.ts';
import { GoingLive } from './goingLive.ts';
import { LiveDesk, type LiveListener } from './liveDesk.ts';

const SECOND_MS = 1_000;

export interface LiveParts {
  readonly folder: OpenFolder;
  readonly wallets: () => WalletDesk;
  /** Another one after a restore. */
  readonly settings: () => SettingsRepository;
  readonly voice: LiveListener;
  readonly log: () => Logger;
  readonly uniform: () => number;
  readonly elapsed: () => number;
  readonly explain: (error: unknown) => AppError;
}

/** Everything that live trading is made of. Nothing of a venue is loaded, and no node is asked, before it is used. */
export function composeLive(parts: LiveParts): { readonly live: LiveDesk; readonly goingLive: GoingLive } {
  const { folder, wallets, settings, voice, log, uniform, elapsed, explain } = parts;
  const overrides = () => settings().load().overrides;
  const policy = (): PolicySettings => {
    const own = readGroup(LIVE_SETTINGS, overrides());
    const engine = readGroup(ENGINE_SETTINGS, overrides());
    return { engine: { ...engine, policy: own.policy }, risk: readGroup(RISK_SETTINGS, overrides()) };
  };
  const goingLive = new GoingLive({
    db: () => folder.db,
    wallets: { view: () => wallets().view(), sign: (message) => wallets().sign(message) },
    settings: policy,
    sending: () => readGroup(SENDING_SETTINGS, overrides()),
    network: () => readGroup(LIVE_SETTINGS, overrides()),
    clock: wallClock,
    elapsed,
    schedule: realSchedule,
    uniform,
    nextId: randomId,
    log,
    unknown: ({ words }, cause) => {
      log().error('It is not known what became of a transaction.', { words, cause });
    },
  });
  const live = new LiveDesk({
    opener: goingLive,
    confirmations: goingLive.confirmations,
    settings: policy,
    pollMs: () => readGroup(LIVE_SETTINGS, overrides()).pollSeconds * SECOND_MS,
    schedule: realSchedule,
    now: () => wallClock.now(),
    explain,
    log,
    listener: voice,
  });
  return { live, goingLive };
}
