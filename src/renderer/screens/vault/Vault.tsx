import { replyOf } from '../../api/apiError.ts';
import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import { Panel } from '../../components/Panel.tsx';
import { PnlBreakdown } from '../../components/PnlBreakdown.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { ExportMenu } from '../ExportMenu.tsx';
import screen from '../Screen.module.css';
import { ScreenHead } from '../ScreenHead.tsx';
import { venueWords } from '../live/venueWords.ts';
import { LedgerPanel } from './LedgerPanel.tsx';
import { ResetVault } from './ResetVault.tsx';
import { TransferForm } from './TransferForm.tsx';
import { useVault } from './useVault.ts';
import { VaultTiles } from './VaultTiles.tsx';
import styles from './Vault.module.css';

const EXPORTS = [
  { kind: 'ledger', format: 'csv', label: 'Ledger as CSV' },
  { kind: 'equity', format: 'csv', label: 'Equity curve as CSV' },
  { kind: 'fills', format: 'csv', label: 'Fills as CSV' },
  { kind: 'funding', format: 'csv', label: 'Funding as CSV' },
] as const;

/** The capital of the engine: what it holds, what it made, and every entry behind it. */
export default function Vault() {
  const { data: vault, error, dataUpdatedAt } = useVault();
  return (
    <div className={screen.screen}>
      <ScreenHead
        title="Vault"
        about={vault === undefined ? undefined : marketWords(vault)}
        actions={
          <>
            <ExportMenu choices={EXPORTS} />
            {vault?.mode === 'live' ? null : <ResetVault capital={vault?.capital} market={vault?.market} />}
          </>
        }
      />
      {error === null ? null : <Failure title="The vault could not be read" error={replyOf(error)} />}
      <VaultTiles vault={vault} failed={error !== null} readAt={dataUpdatedAt} />
      <div className={styles.columns}>
        <LedgerPanel />
        <div className={styles.side}>
          {/* First, so that what is said at the window's lower corner does not cover what was just used. */}
          <Panel title="Deposit or withdraw" aside={vault?.mode === 'live' ? placeWords(vault) : 'on paper'}>
            <TransferForm vault={vault?.mode === 'live' ? vault : null} />
          </Panel>
          <Panel title="Profit and loss" aside="since the vault began">
            <PnlBreakdown pnl={vault?.pnl ?? null} />
          </Panel>
        </div>
      </div>
    </div>
  );
}

const placeWords = ({ venue, subAccount }: VaultView): string =>
  `${venueWords(venue)}, sub-account ${subAccount}`;

function marketWords(vault: VaultView): string {
  if (vault.mode === 'live') return `real money, on ${placeWords(vault)}`;
  return vault.market.startsWith('simulated') ? 'on a simulated market' : `on ${vault.market}`;
}
