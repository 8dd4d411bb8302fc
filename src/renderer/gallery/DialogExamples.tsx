import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmByTyping } from '../components/ConfirmByTyping.tsx';
import { Section } from './Section.tsx';
import styles from './Gallery.module.css';

type Open = 'live' | 'flatten' | 'failed' | null;

export function DialogExamples() {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Section title="Dialogs">
      <div className={styles.bar}>
        <Button variant="default" onClick={() => setOpen('live')}>
          Go live
        </Button>
        <Button variant="default" onClick={() => setOpen('flatten')}>
          Flatten all
        </Button>
        <Button variant="default" onClick={() => setOpen('failed')}>
          Failed
        </Button>
      </div>
      <ConfirmByTyping
        opened={open === 'live'}
        onClose={close}
        onConfirm={close}
        title="Trade with real money?"
        word="LIVE"
        confirmLabel="Go live"
        role="live"
      >
        From now on the engine trades 62.4 SOL of yours on the venue. It may lose money.
      </ConfirmByTyping>
      <ConfirmByTyping
        opened={open === 'flatten' || open === 'failed'}
        onClose={close}
        onConfirm={close}
        title="Flatten everything?"
        word="FLATTEN"
        confirmLabel="Flatten everything"
        {...(open === 'failed' ? { error: 'The venue does not answer. Nothing was closed.' } : {})}
      >
        The engine sells 62.41 SOL and buys back the short, at the market. It costs about $4.10.
      </ConfirmByTyping>
    </Section>
  );
}
