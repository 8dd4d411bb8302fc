import { Button } from '@mantine/core';
import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { Failure } from '../../shell/Failure.tsx';
import type { WalletHands } from './walletHands.ts';

interface WalletFailuresProps {
  readonly view: WalletsView;
  readonly hands: WalletHands;
  readonly connected: boolean;
}

/** Why keys can't be used, each reason once: what it means for the money, and what to do. */
export function WalletFailures({ view: { keychain, error }, hands, connected }: WalletFailuresProps) {
  const again = (
    <Button
      size="compact-sm"
      variant="default"
      loading={hands.looking}
      disabled={!connected}
      onClick={hands.lookAgain}
    >
      Look again
    </Button>
  );
  return (
    <>
      {keychain.error === null ? null : (
        <Failure title={`The ${keychain.store} can’t be used`} error={keychain.error} actions={again} />
      )}
      {error === null || error.code === keychain.error?.code ? null : (
        <Failure title="The active wallet can’t be used" error={error} actions={again} />
      )}
    </>
  );
}
