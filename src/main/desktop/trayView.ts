import type { EngineState } from '../../shared/contract/engineStatus.ts';
import { STATE_WORDS } from '../../shared/words/stateWords.ts';
import type { Glance } from '../app.ts';

/** Pictures that differ in shape, not only in colour. */
export const TRAY_ICONS = ['live', 'paper', 'halted'] as const;
export type TrayIcon = (typeof TRAY_ICONS)[number];

/** What the tray says at one moment. */
export interface TrayView {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  /** The first line of the menu, which can't be clicked. */
  readonly stateLine: string;
  readonly canRelease: boolean;
}

export function trayView({ status, funding }: Glance): TrayView {
  const { mode, state } = status;
  const health = funding === null ? [] : [`health ${Math.floor(funding.health)} %`];
  const stateLine = [mode.toUpperCase(), STATE_WORDS[state].word, ...health].join(' · ');
  return {
    icon: STOPPED_BY_ITSELF.has(state) ? 'halted' : mode,
    tooltip: `Phantom Arbiter · ${stateLine}`,
    stateLine,
    canRelease: state === 'halted',
  };
}

const STOPPED_BY_ITSELF: ReadonlySet<EngineState> = new Set(['halted', 'error']);
