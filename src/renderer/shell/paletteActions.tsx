import type { MantineColorScheme } from '@mantine/core';
import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight';
import type { WalletsView } from '../../shared/contract/commands/walletCommands.ts';
import type { TradingMode } from '../../shared/contract/engineName.ts';
import type { EngineState } from '../../shared/contract/engineStatus.ts';
import { CLOCK_SPEEDS } from '../../shared/contract/clockSpeed.ts';
import { HotkeyHint } from '../components/HotkeyHint.tsx';
import type { WalletActs } from '../screens/wallet/useWalletActs.ts';
import { speedWords } from './clockWords.ts';
import { SCREENS, SCREEN_TITLES } from './screenName.ts';
import type { EngineActs } from './useEngineActs.ts';
import { goTo } from './useScreen.ts';

interface PaletteParts {
  readonly acts: EngineActs;
  readonly state: EngineState;
  readonly mode: TradingMode;
  readonly walletActs: WalletActs;
  /** Undefined while they are not known. */
  readonly wallets: WalletsView | undefined;
  readonly onHelp: () => void;
  readonly setColorScheme: (scheme: MantineColorScheme) => void;
}

const hint = (...keys: readonly string[]) => ({ rightSection: <HotkeyHint keys={keys} /> });

/** What the palette offers now. */
export function paletteActions({
  acts,
  state,
  mode,
  walletActs,
  wallets,
  onHelp,
  setColorScheme,
}: PaletteParts): SpotlightActionGroupData[] {
  const screens: SpotlightActionData[] = SCREENS.map((name, at) => ({
    id: name,
    label: SCREEN_TITLES[name],
    onClick: () => goTo(name),
    ...hint(String(at + 1)),
  }));
  return [
    { group: 'Screens', actions: screens },
    { group: 'Engine', actions: engineActions(acts, state, mode) },
    { group: 'Wallet', actions: walletActions(walletActs, wallets) },
    ...(mode === 'live' ? [] : [{ group: 'Paper market', actions: clockActions(acts) }]),
    {
      group: 'This window',
      actions: [
        { id: 'dark', label: 'Dark theme', onClick: () => setColorScheme('dark') },
        { id: 'light', label: 'Light theme', onClick: () => setColorScheme('light') },
        { id: 'auto', label: 'Theme of the system', onClick: () => setColorScheme('auto') },
        { id: 'keys', label: 'Keys', onClick: onHelp, ...hint('?') },
      ],
    },
  ];
}

function engineActions(acts: EngineActs, state: EngineState, mode: TradingMode): SpotlightActionData[] {
  const halted = state === 'halted';
  const off = state === 'stopped' || state === 'error';
  return [
    ...(off && mode === 'paper'
      ? [{ id: 'start', label: 'Start the engine', onClick: () => acts.start() }]
      : []),
    {
      id: 'live',
      label: mode === 'paper' ? 'Go live…' : 'Live trading',
      description:
        mode === 'paper'
          ? 'The checks first; nothing changes before the last step.'
          : 'Where it stands, what is granted, and back to paper.',
      keywords: ['real money', 'monitor', 'watch', 'paper', 'mode'],
      onClick: () => goTo('live'),
    },
    ...(off || halted
      ? []
      : [
          {
            id: 'stop',
            label: 'Stop the engine',
            description: 'Positions stay.',
            onClick: () => acts.stop(),
          },
        ]),
    ...(halted ? [{ id: 'release', label: 'Release SOS', onClick: () => acts.release() }] : []),
    {
      id: 'sos',
      label: 'SOS: stop all trading',
      description: 'Cancels all orders. Positions stay.',
      keywords: ['halt', 'emergency', 'panic'],
      onClick: () => acts.sos(false),
      ...hint('Ctrl', 'Shift', 'X'),
    },
    {
      id: 'sos flatten',
      label: 'SOS and close both legs',
      description: 'Sells the spot and buys back the short at the market.',
      keywords: ['flatten', 'exit'],
      onClick: () => acts.sos(true),
    },
  ];
}

function walletActions(acts: WalletActs, wallets: WalletsView | undefined): SpotlightActionData[] {
  const hasWindow = wallets?.secrets === 'window';
  const lock: SpotlightActionData = {
    id: 'lock wallet',
    label: 'Lock the wallet',
    description: 'Nothing is signed until it is unlocked.',
    onClick: () => acts.lock(),
  };
  return [
    ...(wallets?.lock === 'unlocked' ? [lock] : []),
    {
      id: 'create wallet',
      label: 'Create a wallet…',
      description: hasWindow ? 'In a window of its own.' : 'On the terminal: the Wallet screen says how.',
      onClick: () => (hasWindow ? acts.openWindow({ kind: 'create' }) : goTo('wallet')),
    },
  ];
}

function clockActions(acts: EngineActs): SpotlightActionData[] {
  return [
    {
      id: 'toggle clock',
      label: 'Pause the market, or let it go on',
      onClick: () => acts.toggleClock(),
      ...hint('Space'),
    },
    ...CLOCK_SPEEDS.map((speed) => ({
      id: `speed ${speed}`,
      label: speed === 1 ? 'Life’s own speed (1×)' : `${speedWords(speed)} as fast as life`,
      keywords: ['time-lapse', 'speed', String(speed)],
      onClick: () => acts.setClock(speed),
    })),
    { id: 'next funding', label: 'On to the next funding', onClick: () => acts.setClock('nextFunding') },
  ];
}
