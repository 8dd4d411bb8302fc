import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AccountFiguresView, OrderPreviewView } from '../../../shared/contract/orders.ts';
import { Duration } from '../../components/Duration.tsx';
import { Figure } from '../../components/Figure.tsx';
import { Money } from '../../components/Money.tsx';
import { Quantity } from '../../components/Quantity.tsx';
import { SignedNumber } from '../../components/SignedNumber.tsx';
import { useMarketDecimals, useMarketSpec } from './marketSpec.ts';
import styles from './Ticket.module.css';

interface PreviewPanelProps {
  readonly preview: OrderPreviewView;
  /** It is of what stood in the ticket a moment ago. */
  readonly isBehind: boolean;
}

/** What the order would cost and earn, and how the account would stand after it. */
export function PreviewPanel({ preview, isBehind }: PreviewPanelProps) {
  const { estimate, before, after, refusals } = preview;
  const spec = useMarketSpec();
  const decimals = useMarketDecimals();
  const asset = spec?.asset ?? '';
  return (
    <section className={styles.preview} aria-label="After the trade" aria-busy={isBehind}>
      {refusals.length === 0 ? null : (
        <div className={styles.refusals}>
          {/* The numbers below tick with the market, so only this much is announced. */}
          <p role="status">
            <IconAlertTriangle size={14} aria-hidden /> <strong>It would be refused</strong>
          </p>
          <ul>
            {refusals.map(({ code, message }) => (
              <li key={`${code} ${message}`}>{message}</li>
            ))}
          </ul>
        </div>
      )}
      <dl className={styles.lines}>
        <Line name="Takes now">
          <Quantity size={estimate.takes} unit={asset} decimals={decimals.size} />
        </Line>
        <Line name="Rests">
          <Quantity size={estimate.rests} unit={asset} decimals={decimals.size} />
        </Line>
        <Line name="Average price">
          <Money usd={estimate.averagePrice} decimals={decimals.price + 1} />
        </Line>
        <Line name="Fees">
          <Money usd={estimate.fees} decimals={4} />
        </Line>
        <Line name="Slippage">
          <Money usd={estimate.slippage} decimals={4} />
        </Line>
        <Line name="Gas and tip">
          <Money usd={sum(estimate.gas, estimate.tip)} decimals={4} />
        </Line>
        <Line name="Cost in all" strong>
          <Money usd={estimate.cost} decimals={4} />
        </Line>
        <Line name="Expected funding">
          <SignedNumber amount={estimate.expectedRevenue} unit="$" decimals={4} />
        </Line>
        <Line name="Net" strong>
          <SignedNumber amount={estimate.net} unit="$" decimals={4} />
        </Line>
        <Line name="Break-even">
          <Duration ms={estimate.breakEvenMs} none="not by funding" />
        </Line>
      </dl>
      <Account before={before} after={after} />
    </section>
  );
}

/** Two amounts that are each shown only together: for the eye, and never booked. */
const sum = (a: string, b: string): string => (Number(a) + Number(b)).toFixed(6);

function Line({
  name,
  strong,
  children,
}: {
  readonly name: string;
  readonly strong?: true;
  readonly children: ReactNode;
}) {
  return (
    <div data-strong={strong}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface AccountProps {
  readonly before: AccountFiguresView;
  readonly after: AccountFiguresView;
}

function Account({ before, after }: AccountProps) {
  const assets = [...new Set([...before.liquidations, ...after.liquidations].map(({ asset }) => asset))];
  return (
    <table className={styles.account}>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Now</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        <Row
          name="Health"
          figures={[before, after]}
          of={({ health }) => <Figure amount={health} unit="%" decimals={1} signed={false} />}
        />
        <Row name="Leverage" figures={[before, after]} of={leverage} />
        <Row
          name="Free collateral"
          figures={[before, after]}
          of={({ freeCollateral }) => <Money usd={freeCollateral} />}
        />
        <Row name="Equity" figures={[before, after]} of={({ equity }) => <Money usd={equity} />} />
        {assets.map((asset) => (
          <Row
            key={asset}
            name={`Liquidation, ${asset}`}
            figures={[before, after]}
            of={({ liquidations }) => <Liquidation of={liquidations.find((one) => one.asset === asset)} />}
          />
        ))}
      </tbody>
    </table>
  );
}

const leverage = ({ leverage: times }: AccountFiguresView): ReactNode =>
  times === null ? 'infinite' : <Figure amount={times} unit="x" decimals={2} signed={false} />;

interface RowProps {
  readonly name: string;
  readonly figures: readonly AccountFiguresView[];
  readonly of: (figures: AccountFiguresView) => ReactNode;
}

function Row({ name, figures, of }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {figures.map((one, at) => (
        <td key={at === 0 ? 'now' : 'after'}>{of(one)}</td>
      ))}
    </tr>
  );
}

interface LiquidationProps {
  readonly of: { readonly above: string | null; readonly below: string | null } | undefined;
}

/** The oracle prices at which the venue would liquidate. */
export function Liquidation({ of }: LiquidationProps) {
  const { above = null, below = null } = of ?? {};
  if (above === null && below === null) return <>none</>;
  return (
    <>
      {above === null ? null : (
        <span className={styles.edge}>
          above <Money usd={above} />
        </span>
      )}
      {below === null ? null : (
        <span className={styles.edge}>
          below <Money usd={below} />
        </span>
      )}
    </>
  );
}
