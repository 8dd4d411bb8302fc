import { IconCoin, IconNotes } from '@tabler/icons-react';
import { VisuallyHidden } from '@mantine/core';
import type { TradingMode } from '../../shared/contract/engineName.ts';
import styles from './ModeBadge.module.css';

export interface ModeBadgeProps {
  readonly mode: TradingMode;
}

const LOOKS = {
  paper: { word: 'Paper', Icon: IconNotes, meaning: 'simulated money' },
  live: { word: 'Live', Icon: IconCoin, meaning: 'real money' },
} as const;

/**
 * PAPER or LIVE, on every screen. Paper is an outline and dashed like a draft; live is filled. Word, shape, icon and
 * colour differ, so that none of them alone has to be seen.
 */
export function ModeBadge({ mode }: ModeBadgeProps) {
  const { word, Icon, meaning } = LOOKS[mode];
  return (
    <strong className={styles.mode} data-mode={mode} title={meaning}>
      <Icon size={14} stroke={2.2} aria-hidden />
      {word}
      <VisuallyHidden>, {meaning}</VisuallyHidden>
    </strong>
  );
}
