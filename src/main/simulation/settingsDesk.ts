import type { SettingsView } from '../../shared/contract/commands/appCommands.ts';
import type { Overrides } from '../../shared/settings/group.ts';
import type { SettingsRepository, StoredSettings } from '../storage/settingsRepository.ts';
import type { OpenRun } from './openRun.ts';
import type { PaperDesk } from './paperDesk.ts';
import {
  changed,
  refuseOutdated,
  runOverrides,
  settingsView,
  type SettingChanges,
} from './programSettings.ts';

export interface SettingsDeskParts {
  readonly desk: PaperDesk;
  /** Another one after a restore. */
  readonly repository: () => SettingsRepository;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Told of every change, once it holds. */
  readonly changed: (revision: number) => void;
}

/** The settings of the program: changed all together or not at all, and in force from the next step on. */
export class SettingsDesk {
  readonly #parts: SettingsDeskParts;

  constructor(parts: SettingsDeskParts) {
    this.#parts = parts;
  }

  get revision(): number {
    return this.#stored.revision;
  }

  view(): SettingsView {
    return settingsView(this.#stored);
  }

  /**
   * @param revision what the user saw; undefined changes whatever is there
   * Throws INVALID_SETTING, SETTINGS_CONFLICT: then nothing has changed.
   */
  async change(changes: SettingChanges, revision?: number): Promise<SettingsView> {
    const { desk, repository, now } = this.#parts;
    // Between steps, so that of two windows the second finds what the first has done.
    const before = await desk.between(() => this.#checked(changes, revision));
    if (before === undefined) return this.view();
    await desk.rebuilt((open) => {
      const stored = this.#stored;
      if (revision !== undefined) refuseOutdated(stored, revision);
      const overrides = changed(stored.overrides, changes);
      noteChange(open, stored.overrides, overrides);
      open.run.commit();
      open.storage.amend({ ...open.config, overrides: runOverrides(overrides) });
      repository().save({ revision: stored.revision + 1, overrides }, now());
    });
    this.#parts.changed(this.revision);
    return this.view();
  }

  /** Refuses before anything is touched; undefined where nothing would change. */
  #checked(changes: SettingChanges, revision: number | undefined): Overrides | undefined {
    const stored = this.#stored;
    if (revision !== undefined) refuseOutdated(stored, revision);
    const after = changed(stored.overrides, changes);
    return JSON.stringify(after) === JSON.stringify(changed(stored.overrides, {})) ? undefined : after;
  }

  get #stored(): StoredSettings {
    return this.#parts.repository().load();
  }
}

/** A run whose rules changed says so in its log: its figures could not be understood without. */
function noteChange({ run }: OpenRun, before: Overrides, after: Overrides): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const differing = names.filter((name) => before[name] !== after[name]);
  const numbers = Object.fromEntries(differing.map((name) => [name, after[name] ?? 'default']));
  const list = differing.map((name) => `${name} is now ${after[name] ?? 'the default'}`).join(', ');
  run.parts.main.engine.note({
    type: 'DECISION',
    action: 'settings',
    because: `You changed settings: ${list}.`,
    numbers,
  });
}
