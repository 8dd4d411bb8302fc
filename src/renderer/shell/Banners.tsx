import { Button, Progress } from '@mantine/core';
import {
  IconEyeOff,
  IconHandStop,
  IconPlugConnectedX,
  IconProgress,
  IconQuestionMark,
  IconRefresh,
} from '@tabler/icons-react';
import { interruptionWords } from '../../shared/words/stateWords.ts';
import { useApi } from '../api/apiContext.ts';
import { agoText } from '../components/durationText.ts';
import { timeOfDay } from '../components/clockText.ts';
import { useLive, useStatus } from '../live/liveStore.ts';
import { useNow } from '../live/useNow.ts';
import { act, useUnderWay } from './acts.ts';
import { Banner } from './Banner.tsx';
import { commandWords } from './commandWords.ts';
import { LiveBanners } from './LiveBanners.tsx';
import { useEngineActs } from './useEngineActs.ts';

/** What has to be known on every screen, above all else on it. */
export function Banners() {
  return (
    <section aria-label="What to know now">
      <LostBanner />
      <OutdatedBanner />
      <HaltedBanner />
      <LiveBanners />
      <InterruptedBanner />
      <MisfitBanner />
      <OperationBanners />
    </section>
  );
}

function LostBanner() {
  const since = useLive(({ connection }) => (connection.kind === 'lost' ? connection.since : null));
  return since === null ? null : <LostSince since={since} />;
}

function LostSince({ since }: { readonly since: number }) {
  const now = useNow();
  const heardAt = useLive((state) => state.heardAt);
  const unsent = useLive((state) => state.unsent);
  const from = heardAt === null ? 'No numbers have come yet.' : `Numbers are from ${timeOfDay(heardAt)}.`;
  return (
    <Banner Icon={IconPlugConnectedX} role="warn">
      {/* The seconds tick, so only the first words are announced. */}
      <strong role="status">Connection lost</strong> {agoText(now - since)}. {from} Reconnecting…
      {unsent.length === 0 ? null : (
        <strong role="alert">
          {' '}
          {unsent.includes('SOS') ? 'SOS' : 'Stop'} is not delivered yet: the engine may still be trading. It
          is sent as soon as the connection is back.
        </strong>
      )}
    </Banner>
  );
}

function OutdatedBanner() {
  const outdated = useLive((state) => state.outdated);
  if (!outdated) return null;
  return (
    <Banner
      Icon={IconRefresh}
      role="warn"
      action={
        <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
          Reload
        </Button>
      }
    >
      <strong role="status">The program is of another version now.</strong> Reload this page before you go on.
    </Banner>
  );
}

function HaltedBanner() {
  const halted = useStatus((status) => status.state === 'halted') ?? false;
  const { release } = useEngineActs();
  const releasing = useUnderWay('release');
  if (!halted) return null;
  const action = (
    <Button size="compact-sm" variant="default" loading={releasing} onClick={release}>
      Release SOS
    </Button>
  );
  return (
    <Banner Icon={IconHandStop} role="danger" action={action}>
      <strong>SOS: all trading is halted.</strong> Nothing is traded until you release it, also after a
      restart.
    </Banner>
  );
}

function InterruptedBanner() {
  const interruption = useLive((state) => state.interruption);
  if (interruption === null) return null;
  return (
    <Banner
      Icon={IconEyeOff}
      role="accent"
      action={
        <Button size="compact-sm" variant="default" onClick={() => useLive.setState({ interruption: null })}>
          Understood
        </Button>
      }
    >
      <span role="status">{interruptionWords(interruption)}</span>
    </Banner>
  );
}

function MisfitBanner() {
  const misfits = useLive((state) => state.misfits);
  if (misfits === 0) return null;
  const what = misfits === 1 ? 'One message' : `${misfits} messages`;
  return (
    <Banner
      Icon={IconQuestionMark}
      role="warn"
      action={
        <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
          Reload
        </Button>
      }
    >
      {what} of the program could not be understood and {misfits === 1 ? 'is' : 'are'} not shown. Reload the
      page if numbers are missing.
    </Banner>
  );
}

function OperationBanners() {
  const operations = useLive((state) => state.operations);
  const api = useApi();
  return Object.values(operations).map(({ operationId, command, progress }) => (
    <Banner
      key={operationId}
      Icon={IconProgress}
      action={
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            void act(`cancel ${operationId}`, 'It could not be cancelled', async () => {
              await api.send('CANCEL_OPERATION', { operationId });
            })
          }
        >
          Cancel
        </Button>
      }
    >
      {commandWords(command)} is under way
      {progress === null ? (
        '…'
      ) : (
        <Progress
          value={(100 * progress.done) / Math.max(1, progress.total)}
          mt={4}
          aria-label={`${commandWords(command)}: progress`}
        />
      )}
    </Banner>
  ));
}
