import { NO_RATE } from '../../shared/money/quantity.ts';
import type { Note } from '../engine/decision.ts';
import { UNWATCHED, watchHealth, type HealthAlert, type HealthMemory } from '../risk/healthAlerts.ts';
import type { RiskSettings } from '../risk/riskSettings.ts';
import type { NetworkVenue } from '../venues/networkVenue.ts';

/** Watches the health of a live account by the venue's own arithmetic (R2.4, R2.5). A restart says again what lasts. */
export class HealthWatch {
  readonly #venue: NetworkVenue;
  readonly #limits: RiskSettings;
  #memory: HealthMemory = UNWATCHED;

  constructor(venue: NetworkVenue, limits: RiskSettings) {
    this.#venue = venue;
    this.#limits = limits;
  }

  /** What is to be told of how the account stands now; mostly nothing. */
  look(): readonly HealthAlert[] {
    const { t, account, oracles, maintenance } = this.#venue.snapshot();
    const { markets, weights } = this.#venue;
    const { memory, alerts } = watchHealth(
      this.#memory,
      {
        maintenance,
        account,
        oracles,
        ratioOf: (market) => markets.get(market)?.maintenanceMargin ?? NO_RATE,
        weights,
        liquidations: this.#venue.liquidations(),
      },
      this.#limits,
      t,
    );
    this.#memory = memory;
    return alerts;
  }
}

/** An alert as the event log has it. */
export function noteOf({ kind, because, numbers }: HealthAlert): Note {
  return kind === 'warning' || kind === 'critical'
    ? { type: 'ALERT', code: 'HEALTH_TOO_LOW', because, numbers }
    : { type: 'DECISION', action: `health ${kind}`, because, numbers };
}
