import type { Keys } from '../keys/keys.ts';
import type { FillRandom } from '../phrase.ts';
import type { Dialogue } from './dialogue.ts';
import type { CeremonyOrder } from './order.ts';

/** What a ceremony works with. */
export interface CeremonyParts {
  readonly order: CeremonyOrder;
  readonly dialogue: Dialogue;
  readonly keys: Keys;
  readonly fill: FillRandom;
}
