import { DelegatePanel } from '../screens/wallet/DelegatePanel.tsx';
import { FirstWallet } from '../screens/wallet/FirstWallet.tsx';
import { KeychainPanel } from '../screens/wallet/KeychainPanel.tsx';
import { LockPanel } from '../screens/wallet/LockPanel.tsx';
import type { WalletHands } from '../screens/wallet/walletHands.ts';
import { WalletFailures } from '../screens/wallet/WalletFailures.tsx';
import { WalletList } from '../screens/wallet/WalletList.tsx';
import { CommandLine } from '../components/CommandLine.tsx';
import { Grid, Section } from './Section.tsx';
import { NO_KEYCHAIN, WALLETS } from './walletSamples.ts';

const nothing = (): void => undefined;
const HANDS: WalletHands = {
  begin: nothing,
  lock: nothing,
  activate: nothing,
  lookAgain: nothing,
  watch: nothing,
  rename: nothing,
  remove: nothing,
  locking: false,
  opening: false,
  looking: false,
};
const BROKEN = {
  ...WALLETS,
  lock: 'unavailable',
  error: NO_KEYCHAIN,
  keychain: { ...WALLETS.keychain, error: NO_KEYCHAIN },
} as const;
const WATCHING = {
  ...WALLETS,
  lock: 'watchOnly',
  wallets: WALLETS.wallets.map((one) => ({ ...one, active: one.kind === 'watch' })),
} as const;
const INACTIVE = {
  ...WALLETS,
  lock: 'none',
  wallets: WALLETS.wallets.map((one) => ({ ...one, active: false })),
} as const;

/** The wallet screen's parts, in every state. */
export function WalletExamples() {
  const shared = { hands: HANDS, connected: true };
  return (
    <Section title="Wallets">
      <LockPanel view={WALLETS} {...shared} />
      <LockPanel view={{ ...WALLETS, lock: 'locked' }} {...shared} />
      <LockPanel view={{ ...WALLETS, lock: 'locked', secrets: 'terminal' }} {...shared} />
      <LockPanel view={WATCHING} {...shared} />
      <LockPanel view={INACTIVE} {...shared} />
      <LockPanel view={WALLETS} hands={HANDS} connected={false} />
      <WalletFailures view={BROKEN} {...shared} />
      <LockPanel view={BROKEN} {...shared} />
      <WalletList view={WALLETS} {...shared} />
      <Grid least={340}>
        <KeychainPanel view={WALLETS} />
        <KeychainPanel view={{ ...BROKEN, secrets: 'terminal' }} />
        <DelegatePanel />
        <CommandLine line="npm run -s wallet -- create" />
      </Grid>
      <FirstWallet secrets="window" {...shared} />
      <FirstWallet secrets="terminal" {...shared} />
    </Section>
  );
}
