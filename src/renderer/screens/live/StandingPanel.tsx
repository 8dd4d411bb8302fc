import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/apiContext.ts';
import { Panel } from '../../components/Panel.tsx';
import { useConnectionKind, useLive, useStatus } from '../../live/liveStore.ts';
import { useNow } from '../../live/useNow.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { sayDone } from '../../shell/notices.ts';
import { GrantDialog } from './GrantDialog.tsx';
import { StandingReading } from './StandingReading.tsx';
import { useStanding } from './useStanding.ts';

/** What the engine may trade without asking, what is left of it today, and the way to end it at once. */
export function StandingPanel() {
  const api = useApi();
  const now = useNow();
  const connected = useConnectionKind() === 'open';
  const standing = useStanding();
  const unread = useLive(({ desk }) => desk.unread);
  const isWatching = useStatus(({ readOnly }) => readOnly === 'monitoring') ?? false;
  const isOff = useStatus(({ state }) => state === 'stopped' || state === 'error') ?? false;
  const revoking = useUnderWay('revoke standing');
  const [granting, setGranting] = useState(false);
  if (isWatching) return null;
  const revoke = (): void =>
    void act('revoke standing', 'The standing confirmation was not revoked', async () => {
      await api.send('REVOKE_STANDING_CONFIRMATION', { engine: 'funding' });
      useLive.setState(({ desk }) => ({ desk: { ...desk, standing: null } }));
      sayDone('Revoked. You are asked about every trade over the limit.');
    });
  const isKnown = standing !== undefined;
  return (
    <Panel
      title="Standing confirmation"
      aside="what it may trade without asking"
      actions={
        <>
          <Button
            size="compact-sm"
            variant="default"
            disabled={!connected || !isKnown || isOff}
            onClick={() => setGranting(true)}
          >
            {standing === null ? 'Grant…' : 'Grant anew…'}
          </Button>
          {standing === null || !isKnown ? null : (
            <Button
              size="compact-sm"
              color="danger"
              variant="light"
              loading={revoking}
              disabled={!connected}
              onClick={revoke}
            >
              Revoke now
            </Button>
          )}
        </>
      }
    >
      {unread !== null && !isKnown ? (
        <Failure
          title="The standing confirmation could not be read"
          error={unread}
          actions={
            <Button size="compact-sm" variant="default" disabled={!connected} onClick={() => api.refresh()}>
              Try again
            </Button>
          }
        />
      ) : (
        <StandingReading standing={isOff && !isKnown ? null : standing} now={now} />
      )}
      <GrantDialog opened={granting} onClose={() => setGranting(false)} />
    </Panel>
  );
}
