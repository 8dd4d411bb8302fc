import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import { sentenceOf } from '../../shared/words/eventSentence.ts';
import type { VaultRecords } from '../engine/vaultRecords.ts';

/** What counts as something that the engine did; the rest is accounting. */
const ACTIONS = ['FILL', 'DECISION', 'BLOCKED', 'ALERT', 'TRANSFER', 'SETTLEMENT', 'ADJUSTMENT'];

/** The last thing that the engine did, as a sentence; after a restart it is read from the log. */
export class LastAction {
  #sentence: string | null | undefined;

  hear(entry: EventEntry): void {
    if (ACTIONS.includes(entry.type)) this.#sentence = sentenceOf(entry);
  }

  /** Another vault: what was heard is no longer its own. */
  forget(): void {
    this.#sentence = undefined;
  }

  /** Null where nothing has been done yet. */
  sentence({ storage }: { readonly storage: Pick<VaultRecords, 'eventPage'> }): string | null {
    if (this.#sentence !== undefined) return this.#sentence;
    const [line] = storage.eventPage({ types: ACTIONS }, 1);
    this.#sentence = line === undefined ? null : sentenceOf(JSON.parse(line) as EventEntry);
    return this.#sentence;
  }
}
