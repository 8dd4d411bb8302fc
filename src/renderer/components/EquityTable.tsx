import { dayAndTime } from './clockText.ts';
import { EQUITY_LINES, sampled, type EquityPoint } from './equitySeries.ts';
import { Money } from './Money.tsx';

const ROWS = 12;

/** The curve as a few rows of numbers, for a screen reader. */
export function EquityTable({ points }: { readonly points: readonly EquityPoint[] }) {
  return (
    <table>
      <caption>Equity over time</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {EQUITY_LINES.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sampled(points, ROWS).map((point) => (
          <tr key={point.t}>
            <th scope="row">{dayAndTime(point.t)}</th>
            {EQUITY_LINES.map(({ key }) => (
              <td key={key}>
                <Money usd={point[key]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
