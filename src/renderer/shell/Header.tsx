import { Button, VisuallyHidden } from '@mantine/core';
import { IconCommand, IconHelp } from '@tabler/icons-react';
import { STATE_WORDS } from '../../shared/words/stateWords.ts';
import { HotkeyHint } from '../components/HotkeyHint.tsx';
import { StateBadge } from '../components/StateBadge.tsx';
import { Tag } from '../components/Tag.tsx';
import { useConnectionKind, useStatus } from '../live/liveStore.ts';
import { ConnectionReading } from './ConnectionReading.tsx';
import { MarketClock } from './MarketClock.tsx';
import { ModeControl } from './ModeControl.tsx';
import { SosControl } from './SosControl.tsx';
import styles from './Header.module.css';

interface HeaderProps {
  readonly onPalette: () => void;
}

/** On every screen: which money, what the engine does, what time it is there, and the way to stop it. */
export function Header({ onPalette }: HeaderProps) {
  const mode = useStatus((status) => status.mode) ?? 'paper';
  const state = useStatus((status) => status.state);
  const connected = useConnectionKind() === 'open';
  return (
    <header className={styles.header} data-mode={mode}>
      <ModeControl mode={mode} />
      {state === undefined ? null : connected ? (
        <StateBadge state={state} />
      ) : (
        <Tag word={`Was ${STATE_WORDS[state].word.toLowerCase()}`} Icon={IconHelp} />
      )}
      <VisuallyHidden role="status">
        {state === undefined ? '' : `Engine: ${STATE_WORDS[state].word}`}
      </VisuallyHidden>
      <MarketClock />
      <ConnectionReading />
      <div className={styles.actions}>
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconCommand size={15} aria-hidden />}
          rightSection={
            <span className={styles.hint}>
              <HotkeyHint keys={['Ctrl', 'K']} />
            </span>
          }
          onClick={onPalette}
        >
          Commands
        </Button>
        <SosControl />
      </div>
    </header>
  );
}
