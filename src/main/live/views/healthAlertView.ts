import type { HealthAlertView } from '../../../shared/contract/healthAlert.ts';
import { formatBase, formatPrice } from '../../../shared/money/decimal.ts';
import type { HealthAlert } from '../../risk/healthAlerts.ts';

/** An alert as it crosses to a client. */
export const healthAlertViewOf = ({ kind, healthPct, because, positions }: HealthAlert): HealthAlertView => ({
  level: kind,
  healthPct,
  because,
  positions: positions.map(({ market, size, price, side }) => ({
    market,
    size: formatBase(size),
    liquidationPrice: price === null ? null : formatPrice(price),
    side,
  })),
});
