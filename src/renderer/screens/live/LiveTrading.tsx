import { Button } from '@mantine/core';
import { IconBolt, IconHelp, IconNotes, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { ModeBadge } from '../../components/ModeBadge.tsx';
import { Panel } from '../../components/Panel.tsx';
import { STATE_WORDS } from '../../../shared/words/stateWords.ts';
import { Tag } from '../../components/Tag.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { useConnectionKind, useLive, useStatus } from '../../live/liveStore.ts';
import { useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useEngineActs } from '../../shell/useEngineActs.ts';
import { useJustChanged } from '../../shell/useJustChanged.ts';
import screen from '../Screen.module.css';
import { ScreenHead } from '../ScreenHead.tsx';
import { DifferencesPanel } from './DifferencesPanel.tsx';
import { GoLive } from './GoLive.tsx';
import { FIRST_DRAFT } from './goLiveSteps.ts';
import { ownerIn } from './ownerIn.ts';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { useWallets } from '../wallet/useWallets.ts';
import { StandingPanel } from './StandingPanel.tsx';
import { standWords } from './standWords.ts';
import { venueWords } from './venueWords.ts';
import styles from './Live.module.css';

/** Longer than between the two clicks of a double click. */
const SETTLES_MS = 800;

/** What there is to say of real money: where it is, how the engine stands, what is granted, and the ways out. */
export function LiveTrading() {
  const [again, setAgain] = useState(false);
  const isOff = useStatus(({ state }) => state === 'stopped' || state === 'error') ?? true;
  const isWatching = useStatus(({ readOnly }) => readOnly === 'monitoring') ?? false;
  const error = useStatus((status) => status.error);
  if (again && isOff) return <GoLive />;
  return (
    <div className={screen.screen}>
      <ScreenHead title="Live trading" about="real money" />
      {error === undefined ? null : <Failure title="The engine has stopped by itself" error={error} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <DifferencesPanel />
          {isWatching ? <StandPanel /> : <StandingPanel />}
        </div>
        <div className={styles.side}>
          {isWatching ? null : <StandPanel />}
          <WaysOut isOff={isOff} onAgain={() => setAgain(true)} />
        </div>
      </div>
    </div>
  );
}

function StandPanel() {
  const status = useStatus((whole) => whole);
  const isLost = useLive(({ desk }) => desk.lostAt !== null);
  const connected = useConnectionKind() === 'open';
  const { data: wallets } = useWallets();
  if (status === undefined) return null;
  // Trading is with the active wallet alone; whose account is only watched, the status doesn't say.
  const owner = status.readOnly === 'monitoring' ? null : ownerIn(FIRST_DRAFT, wallets);
  const { venue, subAccount, state, latencyMs } = status;
  return (
    <Panel title="Where it stands">
      <dl className={styles.facts}>
        <div>
          <dt>Mode</dt>
          <dd>
            <ModeBadge mode="live" />
          </dd>
        </div>
        <div>
          <dt>Venue</dt>
          <dd>{venueWords(venue)}</dd>
        </div>
        <div>
          <dt>Sub-account</dt>
          <dd>{subAccount}</dd>
        </div>
        <div>
          <dt>Account of</dt>
          <dd>{owner === null ? 'an address that is only watched' : <WalletAddress address={owner} />}</dd>
        </div>
        <div>
          <dt>Engine</dt>
          <dd>
            {connected ? (
              <StateBadge state={state} />
            ) : (
              <Tag word={`Was ${STATE_WORDS[state].word.toLowerCase()}`} Icon={IconHelp} />
            )}
          </dd>
        </div>
        <div>
          <dt>Answered in</dt>
          <dd>{latencyMs === null ? 'not asked yet' : `${Math.round(latencyMs)} ms`}</dd>
        </div>
      </dl>
      <p className={styles.stand}>
        {connected ? standWords(status, isLost) : 'Not known while the connection is lost.'}
      </p>
    </Panel>
  );
}

interface WaysOutProps {
  readonly isOff: boolean;
  /** Goes live once more. */
  readonly onAgain: () => void;
}

/** Stop first, then paper: they lie apart, so that no double click does both. */
function WaysOut({ isOff, onAgain }: WaysOutProps) {
  const connected = useConnectionKind() === 'open';
  const state = useStatus((status) => status.state) ?? 'stopped';
  const isWatching = useStatus(({ readOnly }) => readOnly === 'monitoring') ?? false;
  const { start, stop } = useEngineActs();
  const [starting, stopping] = [useUnderWay('start'), useUnderWay('stop')];
  const changing = useJustChanged(state, SETTLES_MS);
  if (!isOff)
    return (
      <Panel title="Leave live trading">
        <div className={styles.end}>
          <p>
            {isWatching
              ? 'Watching ends. Nothing is traded either way.'
              : 'What is in flight is completed. Positions stay open at the venue, and nobody corrects the hedge until you go live again.'}
          </p>
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            loading={stopping}
            disabled={!connected || changing || state === 'stopping' || state === 'halted'}
            onClick={stop}
          >
            {isWatching ? 'Stop watching' : 'Stop live trading'}
          </Button>
          {state === 'halted' ? <p className={styles.dim}>Release SOS first, in the banner above.</p> : null}
        </div>
      </Panel>
    );
  return (
    <Panel title="From here">
      <div className={styles.end}>
        <p>
          The engine is stopped. What it held stays open at the venue, and is neither watched nor corrected.
        </p>
        <Button
          color="live"
          leftSection={<IconBolt size={16} aria-hidden />}
          disabled={!connected || changing}
          onClick={onAgain}
        >
          Go live again…
        </Button>
        <Button
          variant="default"
          leftSection={<IconNotes size={16} aria-hidden />}
          loading={starting}
          disabled={!connected || changing}
          onClick={start}
        >
          Back to paper
        </Button>
        <p className={styles.dim}>On paper the engine goes on with the paper vault as it was.</p>
      </div>
    </Panel>
  );
}
