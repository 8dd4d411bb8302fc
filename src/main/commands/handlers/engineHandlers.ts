import { AppError } from '../../../shared/contract/appError.ts';
import { PROTOCOL } from '../../../shared/contract/protocol.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import type { SettingsDesk } from '../../simulation/settingsDesk.ts';
import type { EngineVoice } from '../engineVoice.ts';
import type { Handlers } from '../handlers.ts';

export interface EngineHandlerParts {
  readonly desk: PaperDesk;
  readonly settings: SettingsDesk;
  readonly voice: EngineVoice;
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
  const { desk, settings, voice } = parts;
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
      return { status: voice.status() };
    },
    async STOP_ENGINE() {
      await desk.stop();
      return { status: voice.status() };
    },
    async RESTART_ENGINE() {
      await desk.restart();
      return { status: voice.status() };
    },
    async UPDATE_CONFIG({ config }) {
      return { revision: (await settings.change(config)).revision };
    },
    GET_STATUS(_payload, { seq }) {
      return desk.betweenSteps(() => ({
        protocol: PROTOCOL,
        appVersion: parts.appVersion,
        instanceId: parts.instanceId,
        seq: seq(),
        firstRun: desk.isFresh,
        settingsRevision: settings.revision,
        engines: [{ status: voice.status(), funding: voice.funding() }],
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
