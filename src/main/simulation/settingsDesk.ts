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
    const { desk } = this.#parts;
    const before = this.revision;
    // One turn for looking and changing, so that of two windows the second finds what the first has done.
    await desk.rebuilt((open) => {
      const stored = this.#stored;
      if (revision !== undefined) refuseOutdated(stored, revision);
      const overrides = changed(stored.overrides, changes);
      if (sameOverrides(overrides, stored.overrides)) return;
      const config = { ...open.config, overrides: runOverrides(overrides) };
      noteChange(open, stored.overrides, overrides);
      open.run.commit(() => {
        open.storage.putSettings({ revision: stored.revision + 1, overrides }, config);
      });
    });
    if (this.revision !== before) this.#parts.changed(this.revision);
    return this.view();
  }

  get #stored(): StoredSettings {
    return this.#parts.repository().load();
  }
}

/** Both are sorted by name. */
const sameOverrides = (one: Overrides, other: Overrides): boolean =>
  JSON.stringify(one) === JSON.stringify(changed(other, {}));

/** A run whose rules changed says so in its log: its figures could not be understood without. */
function noteChange({ run }: OpenRun, before: Overrides, after: Overrides): void {
  const [own, next] = [runOverrides(before), runOverrides(after)];
  const names = [...new Set([...Object.keys(own), ...Object.keys(next)])].toSorted();
  const differing = names.filter((name) => own[name] !== next[name]);
  if (differing.length === 0) return;
  const numbers = Object.fromEntries(differing.map((name) => [name, next[name] ?? 'default']));
  const list = differing.map((name) => `${name} is now ${next[name] ?? 'the default'}`).join(', ');
  const because = `You changed settings: ${list}.`;
  run.begin();
  run.parts.main.engine.note({ type: 'DECISION', action: 'settings', because, numbers });
}
