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

export interface EngineStateLook {
  readonly word: string;
  /** What the state means, in a sentence. */
  readonly meaning: string;
  readonly Icon: Icon;
  readonly role?: Role;
}

export const ENGINE_STATE_LOOKS: Readonly<Record<EngineState, EngineStateLook>> = {
  stopped: {
    word: 'Stopped',
    meaning: 'The engine is off. It trades nothing and watches nothing.',
    Icon: IconSquare,
  },
  starting: {
    word: 'Starting',
    meaning: 'The engine is reading its books and asking the venue.',
    Icon: IconPlayerPlay,
    role: 'accent',
  },
  running: {
    word: 'Running',
    meaning: 'The engine holds the hedge or is working on it.',
    Icon: IconActivityHeartbeat,
    role: 'long',
  },
  waiting: {
    word: 'Waiting',
    meaning: 'The engine is up, and holds nothing until funding pays or an outcome is known.',
    Icon: IconHourglass,
    role: 'accent',
  },
  recovering: {
    word: 'Recovering',
    meaning: 'The engine is comparing its books with the venue. It does not trade until they agree.',
    Icon: IconRefresh,
    role: 'warn',
  },
  readOnly: {
    word: 'Read only',
    meaning: 'The engine shows the account, and may not trade.',
    Icon: IconEye,
    role: 'warn',
  },
  stopping: {
    word: 'Stopping',
    meaning: 'The engine finishes what it began, and stops.',
    Icon: IconPlayerStop,
    role: 'accent',
  },
  error: {
    word: 'Error',
    meaning: 'The engine stopped because something went wrong. Positions stay as they are.',
    Icon: IconAlertTriangle,
    role: 'danger',
  },
  halted: {
    word: 'Halted',
    meaning: 'SOS has halted the engine. It trades nothing until you release it.',
    Icon: IconHandStop,
    role: 'danger',
  },
};
