import { Button } from '@mantine/core';
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconEye,
  IconHeartbeat,
  IconPlugConnectedX,
  IconQuestionMark,
  IconRefreshAlert,
  IconScale,
} from '@tabler/icons-react';
import { useApi } from '../api/apiContext.ts';
import { timeOfDay } from '../components/clockText.ts';
import { figureText } from '../components/figureText.ts';
import { useConnectionKind, useFunding, useLive, useStatus } from '../live/liveStore.ts';
import { useNow } from '../live/useNow.ts';
import { act, useUnderWay } from './acts.ts';
import { takeUp, useAsideIds } from './asideStore.ts';
import { Banner } from './Banner.tsx';
import { healthWords, lowHealthOf } from './healthWords.ts';
import { sayDone } from './notices.ts';
import { secondsLeft, tradeWords } from './questionWords.ts';
import { goTo, useScreen } from './useScreen.ts';

/** What has to be known of real money on every screen. */
export function LiveBanners() {
  const isLive = useStatus(({ mode }) => mode === 'live') ?? false;
  if (!isLive) return null;
  return (
    <>
      <AsideBanners />
      <HealthBanner />
      <FailedBanner />
      <UnreachedBanner />
      <UnsyncedBanner />
      <DifferencesBanner />
      <MonitoringBanner />
    </>
  );
}

/** Questions that were put aside and are still open. */
function AsideBanners() {
  const aside = useAsideIds();
  const open = useLive(({ desk }) => desk.open);
  const now = useNow();
  return open
    .filter(({ confirmationId }) => aside.has(confirmationId))
    .map((question) => (
      <Banner
        key={question.confirmationId}
        Icon={IconQuestionMark}
        role="warn"
        action={
          <Button size="compact-sm" variant="default" onClick={() => takeUp(question.confirmationId)}>
            Look at it
          </Button>
        }
      >
        <strong>A trade waits for your confirmation:</strong> {tradeWords(question)}.{' '}
        {secondsLeft(question, now)} s left; then it is not made.
      </Banner>
    ));
}

function HealthBanner() {
  const alert = useLive(({ desk }) => desk.alert);
  const funding = useFunding((figures) => figures) ?? null;
  const isOff = useStatus(({ state }) => state === 'stopped' || state === 'error') ?? true;
  const low = isOff ? null : lowHealthOf(alert, funding);
  if (low === null) return null;
  const { isCritical } = low;
  const health = funding?.health ?? alert?.healthPct ?? null;
  return (
    <Banner
      Icon={isCritical ? IconAlertOctagon : IconHeartbeat}
      role={isCritical ? 'danger' : 'warn'}
      action={<Look label="Look at the vault" screen="vault" />}
    >
      <strong role="alert">{isCritical ? 'Health is critical' : 'Health is low'}</strong>:{' '}
      {figureText(health, '%', 1)} now; at 0 % the venue liquidates. {healthWords(low)} Deposit collateral or
      make positions smaller.
    </Banner>
  );
}

function FailedBanner() {
  const why = useStatus(({ state, error }) => (state === 'error' ? (error?.message ?? '') : null));
  const screen = useScreen();
  // The dashboard and the live screen say it in full.
  if (why === null || why === undefined || screen === 'dashboard' || screen === 'live') return null;
  return (
    <Banner Icon={IconAlertTriangle} role="danger" action={<Look label="Look at it" screen="live" />}>
      <strong>The engine has stopped by itself.</strong> {why} Nothing is traded or watched; positions stay
      open at the venue.
    </Banner>
  );
}

function UnreachedBanner() {
  const lostAt = useLive(({ desk }) => desk.lostAt);
  const isAway = useStatus(({ state }) => state === 'recovering') ?? false;
  if (lostAt === null || !isAway) return null;
  return (
    <Banner Icon={IconPlugConnectedX} role="warn">
      <strong role="status">The venue can’t be reached</strong> since {timeOfDay(lostAt)}. Nothing is traded;
      positions stay open there. It is tried again every 10 s, and the account is synced before the engine
      goes on.
    </Banner>
  );
}

function UnsyncedBanner() {
  const why = useLive(({ desk }) => desk.syncFailure?.message ?? '');
  const isOff = useStatus(({ readOnly }) => readOnly === 'syncFailed') ?? false;
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const syncing = useUnderWay('sync');
  if (!isOff) return null;
  const sync = (): void =>
    void act('sync', 'The account was not synced', async () => {
      await api.send('REQUEST_SYNC', {});
      sayDone('The account is synced.');
    });
  return (
    <Banner
      Icon={IconRefreshAlert}
      role="danger"
      action={
        <Button size="compact-sm" variant="default" loading={syncing} disabled={!connected} onClick={sync}>
          Sync now
        </Button>
      }
    >
      <strong role="status">Trading is off: the account could not be synced.</strong> {why} It is tried again
      by itself, and the engine goes on once it succeeds. Positions stay as they are.
    </Banner>
  );
}

function DifferencesBanner() {
  const differs = useLive(({ desk }) => desk.found !== null);
  const isOff = useStatus(({ readOnly }) => readOnly === 'differences') ?? false;
  const screen = useScreen();
  if (!differs && !isOff) return null;
  return (
    <Banner
      Icon={IconScale}
      role="danger"
      action={screen === 'live' ? undefined : <Look label="Look at them" screen="live" />}
    >
      <strong role="status">Trading is off: books and chain do not say the same.</strong> Nothing explains it.
      Nothing is traded until you accept what differs, or it is gone.
    </Banner>
  );
}

function MonitoringBanner() {
  const isWatching = useStatus(({ readOnly }) => readOnly === 'monitoring') ?? false;
  const screen = useScreen();
  if (!isWatching) return null;
  return (
    <Banner
      Icon={IconEye}
      action={screen === 'live' ? undefined : <Look label="Live trading" screen="live" />}
    >
      <strong>Only watching.</strong> Nothing can be signed or traded for this account; its numbers are
      followed.
    </Banner>
  );
}

function Look({ label, screen }: { readonly label: string; readonly screen: 'live' | 'vault' }) {
  return (
    <Button size="compact-sm" variant="default" onClick={() => goTo(screen)}>
      {label}
    </Button>
  );
}
