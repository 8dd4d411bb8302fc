import type { ReactNode } from 'react';
import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck, IconHandFinger } from '@tabler/icons-react';
import { Figure } from '../../components/Figure.tsx';
import { HEALTH_LOOKS, healthLevel } from '../../components/healthLevel.ts';
import { Money } from '../../components/Money.tsx';
import { Percent } from '../../components/Percent.tsx';
import { Tag } from '../../components/Tag.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { useTrade } from './tradeStore.ts';
import styles from './Trade.module.css';

const ICONS = { safe: IconCircleCheck, watch: IconAlertTriangle, danger: IconAlertOctagon } as const;

/** The sub-account that is traded by hand, told apart from the engine's. */
export function AccountStrip() {
  const subAccount = useTrade((state) => state.account?.subAccount);
  const old = useConnectionKind() !== 'open';
  return (
    <section
      className={styles.account}
      aria-label="Account that you trade by hand"
      data-old={old || undefined}
    >
      <p
        className={styles.whose}
        title="The engine hedges in a sub-account of its own. Nothing here touches it."
      >
        <IconHandFinger size={15} aria-hidden />
        <span>
          <strong>Sub-account{subAccount === undefined ? '' : ` ${subAccount}`}</strong>, by hand: apart from
          the engine’s
        </span>
      </p>
      <dl className={styles.facts}>
        <Item name="Equity">
          <Money usd={useTrade((state) => state.account?.figures.equity ?? null)} />
        </Item>
        <Item name="Free collateral">
          <Money usd={useTrade((state) => state.account?.figures.freeCollateral ?? null)} />
        </Item>
        <Item name="Health">
          <Health />
        </Item>
        <Item name="Leverage">
          <Leverage />
        </Item>
        <Item name="Taker / maker fee">
          <Percent
            percent={useTrade((state) => state.account?.takerFee ?? null)}
            of="fraction"
            decimals={3}
          />{' '}
          /{' '}
          <Percent
            percent={useTrade((state) => state.account?.makerFee ?? null)}
            of="fraction"
            decimals={3}
          />
        </Item>
      </dl>
    </section>
  );
}

function Item({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Health() {
  const health = useTrade((state) => state.account?.figures.health ?? null);
  if (health === null) return <Figure amount={null} unit="%" decimals={1} signed={false} />;
  const level = healthLevel(health);
  const { word, role } = HEALTH_LOOKS[level];
  return (
    <span className={styles.health}>
      <Figure amount={health} unit="%" decimals={1} signed={false} />
      <Tag word={word} Icon={ICONS[level]} role={role} />
    </span>
  );
}

function Leverage() {
  const leverage = useTrade((state) => state.account?.figures.leverage);
  if (leverage === null) return <>infinite</>;
  return <Figure amount={leverage ?? null} unit="x" decimals={2} signed={false} />;
}
