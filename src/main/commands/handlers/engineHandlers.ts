import { AppError } from '../../../shared/contract/appError.ts';
import type { EngineStatusData } from '../../../shared/contract/engineStatus.ts';
import type { FundingUpdateData } from '../../../shared/contract/fundingUpdate.ts';
import { PROTOCOL } from '../../../shared/contract/protocol.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import type { SettingsDesk } from '../../simulation/settingsDesk.ts';
import type { Handlers } from '../handlers.ts';

export interface EngineHandlerParts {
  readonly desk: PaperDesk;
  readonly settings: SettingsDesk;
  readonly status: () => EngineStatusData;
  readonly funding: () => FundingUpdateData;
  readonly appVersion: string;
  readonly instanceId: string;
  /** Wall time, Unix ms. */
  readonly now: () => number;
}

type Names =
  | 'START_ENGINE'
  | 'STOP_ENGINE'
  | 'RESTART_ENGINE'
  | 'UPDATE_CONFIG'
  | 'GET_STATUS'
  | 'REQUEST_SYNC'
  | 'SOS'
  | 'RELEASE_SOS'
  | 'SET_CLOCK';

export function engineHandlers(parts: EngineHandlerParts): Pick<Handlers, Names> {
  const { desk, settings, status, funding } = parts;
  return {
    async START_ENGINE({ mode, venue = 'paper', subAccount = 0 }) {
      if (mode === 'live')
        throw new AppError('NOT_SUPPORTED', 'This version trades on paper only. Nothing was started.', {
          mode,
        });
      if (venue !== 'paper' || subAccount !== 0)
        throw new AppError('NOT_SUPPORTED', 'On paper there is the venue "paper" with sub-account 0.', {
          venue,
          subAccount,
        });
      await desk.start();
      return { status: status() };
    },
    async STOP_ENGINE() {
      await desk.stop();
      return { status: status() };
    },
    async RESTART_ENGINE() {
      await desk.restart();
      return { status: status() };
    },
    async UPDATE_CONFIG({ config }) {
      return { revision: (await settings.change(config)).revision };
    },
    GET_STATUS(_payload, { seq }) {
      return desk.between(({ run, storage }) => ({
        protocol: PROTOCOL,
        appVersion: parts.appVersion,
        instanceId: parts.instanceId,
        seq,
        firstRun: run.step === 0 && storage.running() === undefined,
        settingsRevision: settings.revision,
        engines: [{ status: status(), funding: funding() }],
      }));
    },
    async REQUEST_SYNC() {
      await desk.sync();
      return { syncedAt: parts.now(), vaults: 1 };
    },
    async SOS({ flatten }) {
      return { halted: true, flat: await desk.sos(flatten) };
    },
    async RELEASE_SOS() {
      await desk.releaseSos();
      return { halted: false };
    },
    async SET_CLOCK({ speed }) {
      return desk.setClock(speed);
    },
  };
}
