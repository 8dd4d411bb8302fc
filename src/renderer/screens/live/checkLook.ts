import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  type Icon,
} from '@tabler/icons-react';
import type { CheckName, CheckState } from '../../../shared/contract/liveCheck.ts';
import type { Role } from '../../theme/palette.ts';

/** What each check is called. */
export const CHECK_TITLES: Readonly<Record<CheckName, string>> = {
  keychain: 'Keychain',
  wallet: 'Wallet',
  gas: 'SOL for fees',
  subAccount: 'Sub-account',
  capital: 'Capital',
  venue: 'Venue',
  latency: 'Latency',
  rpc: 'Endpoints',
  clock: 'Clock',
  limits: 'Limits',
  standing: 'Standing confirmation',
};

interface CheckLook {
  readonly word: string;
  readonly Icon: Icon;
  readonly role: Role;
}

export const CHECK_LOOKS: Readonly<Record<CheckState, CheckLook>> = {
  ok: { word: 'Fine', Icon: IconCircleCheck, role: 'long' },
  warning: { word: 'Warning', Icon: IconAlertTriangle, role: 'warn' },
  failed: { word: 'Failed', Icon: IconCircleX, role: 'danger' },
  unknown: { word: 'Not known', Icon: IconHelpCircle, role: 'danger' },
};

/** "9 fine, 1 warning, 1 failed." */
export function summaryOf(states: readonly CheckState[]): string {
  const count = (state: CheckState): number => states.filter((one) => one === state).length;
  const parts = (['ok', 'warning', 'failed', 'unknown'] as const).flatMap((state) =>
    count(state) === 0 ? [] : [`${count(state)} ${CHECK_LOOKS[state].word.toLowerCase()}`],
  );
  return `${parts.join(', ')}.`;
}
