/** The screens, in the order of the navigation. */
export const SCREENS = ['dashboard', 'trade', 'vault', 'wallet', 'events', 'settings'] as const;

/** All that an address can name: also live trading, which the badge of the mode leads to. */
export const PLACES = [...SCREENS, 'live'] as const;
export type ScreenName = (typeof PLACES)[number];

export const SCREEN_TITLES: Readonly<Record<ScreenName, string>> = {
  dashboard: 'Dashboard',
  trade: 'Trade',
  vault: 'Vault',
  wallet: 'Wallet',
  events: 'Events',
  settings: 'Settings',
  live: 'Live trading',
};

/** The screen that an address names; the dashboard where it names none. */
export function screenIn(search: string): ScreenName {
  const named = new URLSearchParams(search).get('screen');
  return PLACES.find((screen) => screen === named) ?? 'dashboard';
}

/** The query of the address that shows a screen; what else stands in it stays. */
export function searchFor(screen: ScreenName, search: string): string {
  const query = new URLSearchParams(search);
  query.set('screen', screen);
  return `?${query.toString()}`;
}
