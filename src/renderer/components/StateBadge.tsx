import { Tooltip } from '@mantine/core';
import type { EngineState } from '../../shared/contract/engineStatus.ts';
import { STATE_WORDS } from '../../shared/words/stateWords.ts';
import { ENGINE_STATE_LOOKS } from './engineStateLook.ts';
import { Tag } from './Tag.tsx';

export interface StateBadgeProps {
  readonly state: EngineState;
}

/** Where the engine stands: a word, an icon and a colour; hovering says what it means. */
export function StateBadge({ state }: StateBadgeProps) {
  const { Icon, role } = ENGINE_STATE_LOOKS[state];
  const { word, meaning } = STATE_WORDS[state];
  return (
    <Tooltip label={meaning} multiline maw={280}>
      <span>
        <Tag word={word} Icon={Icon} role={role} />
      </span>
    </Tooltip>
  );
}
