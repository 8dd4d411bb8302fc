import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { paletteActions } from './paletteActions.tsx';
import { useWalletActs } from '../screens/wallet/useWalletActs.ts';
import { useWallets } from '../screens/wallet/useWallets.ts';
import { useStatus } from '../live/liveStore.ts';
import { useEngineActs } from './useEngineActs.ts';
import { useMantineColorScheme } from '@mantine/core';

interface CommandPaletteProps {
  /** How often it was asked for: each time opens it. */
  readonly asked: number;
  readonly onHelp: () => void;
}

/** Everything there is to do, by name. Fetched when it is first asked for. */
export default function CommandPalette({ asked, onHelp }: CommandPaletteProps) {
  const acts = useEngineActs();
  const state = useStatus((status) => status.state) ?? 'stopped';
  const mode = useStatus((status) => status.mode) ?? 'paper';
  const walletActs = useWalletActs();
  const { data: wallets } = useWallets();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    spotlight.open();
  }, [asked]);
  const actions: SpotlightActionGroupData[] = paletteActions({
    acts,
    state,
    mode,
    walletActs,
    wallets,
    onHelp,
    setColorScheme,
  });
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound="Nothing has that name"
      highlightQuery
      scrollable
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      attributes={{ content: { 'aria-label': 'Commands' } }}
      maxHeight={420}
      overlayProps={{ blur: 0 }}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'What do you want to do?',
        'aria-label': 'Search commands',
      }}
    />
  );
}
