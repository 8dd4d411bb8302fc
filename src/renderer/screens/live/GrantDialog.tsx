import { Button, Group, Modal, Stack } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useApi } from '../../api/apiContext.ts';
import { useConnectionKind, useLive } from '../../live/liveStore.ts';
import { pageTimers } from '../../api/timers.ts';
import { sayDone } from '../../shell/notices.ts';
import { refusalText, useSending } from '../wallet/useSending.ts';
import { FIRST_DRAFT } from './goLiveSteps.ts';
import { StandingFields } from './StandingFields.tsx';
import { termsOf } from './standingEntry.ts';
import styles from './Live.module.css';

interface GrantDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Grants anew, in place of what there was. */
export function GrantDialog({ opened, onClose }: GrantDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Let it trade without asking"
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <GrantForm onClose={onClose} />
    </Modal>
  );
}

function GrantForm({ onClose }: Pick<GrantDialogProps, 'onClose'>) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const [draft, setDraft] = useState(FIRST_DRAFT.standing);
  const [asked, setAsked] = useState(false);
  const { busy, refusal, send, forget } = useSending('grant standing');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setAsked(true);
    const terms = termsOf(draft, pageTimers.now());
    if (terms === null) return;
    send(async () => {
      const { standing } = await api.send('GRANT_STANDING_CONFIRMATION', {
        engine: 'funding',
        standing: terms,
      });
      useLive.setState(({ desk }) => ({ desk: { ...desk, standing } }));
      onClose();
      sayDone('Granted. It can be revoked at once, on the dashboard.');
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p className={styles.dim}>
          It takes the place of the one before. What was used in the last 24 hours stays used.
        </p>
        <StandingFields
          draft={draft}
          asked={asked}
          onChange={(next) => {
            setDraft(next);
            forget();
          }}
        />
        {refusal === null ? null : (
          <p className={styles.refusal} role="alert">
            {refusalText(refusal)}
          </p>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="live" loading={busy} disabled={!connected}>
            Grant
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
