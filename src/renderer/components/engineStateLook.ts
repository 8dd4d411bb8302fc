import {
  IconActivityHeartbeat,
  IconAlertTriangle,
  IconEye,
  IconHandStop,
  IconHourglass,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconSquare,
  type Icon,
} from '@tabler/icons-react';
import type { EngineState } from '../../shared/contract/engineStatus.ts';
import type { Role } from '../theme/palette.ts';

/** How a state is drawn; what it is called stands in the words that the tray and the terminal share. */
export interface EngineStateLook {
  readonly Icon: Icon;
  readonly role?: Role;
}

export const ENGINE_STATE_LOOKS: Readonly<Record<EngineState, EngineStateLook>> = {
  stopped: {
    Icon: IconSquare,
  },
  starting: {
    Icon: IconPlayerPlay,
    role: 'accent',
  },
  running: {
    Icon: IconActivityHeartbeat,
    role: 'long',
  },
  waiting: {
    Icon: IconHourglass,
    role: 'accent',
  },
  recovering: {
    Icon: IconRefresh,
    role: 'warn',
  },
  readOnly: {
    Icon: IconEye,
    role: 'warn',
  },
  stopping: {
    Icon: IconPlayerStop,
    role: 'accent',
  },
  error: {
    Icon: IconAlertTriangle,
    role: 'danger',
  },
  halted: {
    Icon: IconHandStop,
    role: 'danger',
  },
};
