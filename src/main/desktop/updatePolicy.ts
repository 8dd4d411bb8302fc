import type { Glance } from '../app.ts';
import { isLiveAtWork } from './watching.ts';

export interface UpdateSurroundings {
  readonly isPackaged: boolean;
  /** Whether the installer brought the address of a feed. */
  readonly hasFeed: boolean;
}

/** Whether to look for updates at all: only an installed app whose builder named a feed. */
export const looksForUpdates = ({ isPackaged, hasFeed }: UpdateSurroundings): boolean =>
  isPackaged && hasFeed;

/** Why an update isn't installed now, in words; undefined when it may be. */
export function whyNotInstall(glance: Glance): string | undefined {
  return isLiveAtWork(glance)
    ? 'The engine is LIVE and running: an update would leave its positions unwatched. Stop the engine first, then install.'
    : undefined;
}
