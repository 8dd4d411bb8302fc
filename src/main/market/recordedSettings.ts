import type { ValuesOf } from '../../shared/settings/group.ts';
import { percentSetting } from '../../shared/settings/setting.ts';

/** What a recorded market cannot tell and has to be assumed. */
export const RECORDED_SETTINGS = {
  depthShare: percentSetting({
    name: 'recorded.depthSharePct',
    fallback: '1',
    min: '0.0001',
    max: '100',
    meaning: 'Visible size on each side within 0.3 % of the mark, as a share of the last full hour’s volume.',
  }),
} as const;

export type RecordedSettings = ValuesOf<typeof RECORDED_SETTINGS>;
