import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { TradingMode } from '../../shared/contract/engineName.ts';
import { ModeBadge } from '../components/ModeBadge.tsx';
import { goTo } from './useScreen.ts';
import styles from './Header.module.css';

/** PAPER or LIVE, and the way to live trading. */
export function ModeControl({ mode }: { readonly mode: TradingMode }) {
  const leads = mode === 'paper' ? 'Go live' : 'Live trading';
  return (
    <UnstyledButton className={styles.mode ?? ''} title={leads} onClick={() => goTo('live')}>
      <ModeBadge mode={mode} />
      <IconChevronRight size={14} aria-hidden />
      <VisuallyHidden>{leads}</VisuallyHidden>
    </UnstyledButton>
  );
}
