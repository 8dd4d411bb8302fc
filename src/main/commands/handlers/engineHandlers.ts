import { AppError } from '../../../shared/contract/appError.ts';
import type { GoingLive } from '../../live/goingLive.ts';
import type { LiveDesk } from '../../live/liveDesk.ts';
import { PROTOCOL } from '../../../shared/contract/protocol.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import type { SettingsDesk } from '../../simulation/settingsDesk.ts';
import type { EngineVoice } from '../engineVoice.ts';
import type { PayloadOf } from '../../../shared/contract/commands.ts';
import type { Handlers } from '../handlers.ts';
import { refuseStandingTerms } from '../../risk/confirmation/standing.ts';
import { notAllowed, refuseVenue, standingTermsOf } from './liveHandlers.ts';

export interface EngineHandlerParts {
  readonly desk: PaperDesk;
  readonly live: LiveDesk;
  readonly goingLive: GoingLive;
  readonly settings: SettingsDesk;
  readonly voice: EngineVoice;
  readonly appVersion: string;
  readonly instanceId: string;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Whether this host may trade real money. */
  readonly allowsLive: boolean;
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
  const { desk, live, settings, voice } = parts;
  return {
    async START_ENGINE({ mode, venue = mode === 'live' ? 'drift' : 'paper', subAccount = 0, live: wish }) {
      if (mode === 'live' && wish !== undefined) {
        refuseVenue(venue);
        await goLive(parts, subAccount, wish);
        return { status: voice.status() };
      }
      if (live.isUp)
        throw new AppError(
          'ENGINE_ALREADY_RUNNING',
          'The engine is live. Stop it before you go back to paper.',
        );
      if (venue !== 'paper' || subAccount !== 0)
        throw new AppError('NOT_SUPPORTED', 'On paper there is the venue "paper" with sub-account 0.', {
          venue,
          subAccount,
        });
      leaveLive(parts);
      await desk.start();
      return { status: voice.status() };
    },
    async STOP_ENGINE() {
      await (live.session === undefined ? desk.stop() : live.stop());
      return { status: voice.status() };
    },
    async RESTART_ENGINE() {
      const { session } = live;
      if (session === undefined) await desk.restart();
      else {
        if (live.isUp) await live.stop();
        live.begin(session);
      }
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
      await (live.session === undefined ? desk.sync() : live.sync());
      return { syncedAt: parts.now(), vaults: 1 };
    },
    async SOS({ flatten }) {
      const [flat, liveFlat] = await Promise.all([desk.sos(flatten), live.sos(flatten)]);
      return { halted: true, flat: liveFlat === undefined ? flat : liveFlat };
    },
    async RELEASE_SOS() {
      await Promise.all([desk.releaseSos(), live.releaseSos()]);
      return { halted: false };
    },
    async SET_CLOCK({ speed }) {
      if (live.session !== undefined)
        throw new AppError('NOT_SUPPORTED', 'Live, time passes as it does. The clock is of paper only.');
      return desk.setClock(speed);
    },
  };
}

type Wish = NonNullable<PayloadOf<'START_ENGINE'>['live']>;

/** From paper to live: one engine at a time, so that nobody has to ask which one it is that they see. */
async function goLive(parts: EngineHandlerParts, subAccount: number, wish: Wish) {
  const { desk, live, goingLive, voice } = parts;
  if (wish.purpose === 'trading' && !parts.allowsLive) throw notAllowed();
  if (live.isUp) throw new AppError('ENGINE_ALREADY_RUNNING', 'The engine is live already.');
  const standing =
    wish.purpose === 'trading' && wish.standing !== null ? standingTermsOf(wish.standing) : null;
  if (standing !== null) refuseStandingTerms(standing, parts.now());
  const session = await goingLive.session({
    purpose: wish.purpose,
    subAccount,
    standing,
    ...(wish.purpose === 'monitoring' ? { owner: wish.owner } : { isHandedOver: wish.handOver }),
  });
  if (desk.open?.storage.running() === true) await desk.stop();
  live.begin(session);
  voice.switched();
  if (wish.purpose !== 'trading') return;
  // What was granted the last time is not granted this time.
  live.revoke();
  if (standing !== null) live.grant(standing);
}

function leaveLive({ live, voice }: EngineHandlerParts): void {
  if (live.session === undefined) return;
  live.leave();
  voice.switched();
}
