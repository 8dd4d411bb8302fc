import { lazy, type ComponentType } from 'react';
import { part } from './chunks.ts';
import { screenIn, type ScreenName } from './screenName.ts';

export const screenLoaders: Readonly<Record<ScreenName, () => Promise<{ readonly default: ComponentType }>>> =
  {
    dashboard: part(() => import('../screens/dashboard/Dashboard.tsx')),
    trade: part(() => import('../screens/trade/Trade.tsx')),
    vault: part(() => import('../screens/vault/Vault.tsx')),
    wallet: part(() => import('../screens/wallet/Wallet.tsx')),
    events: part(() => import('../screens/events/Events.tsx')),
    settings: part(() => import('../screens/settings/Settings.tsx')),
    live: part(() => import('../screens/live/Live.tsx')),
  };

// The screen that the address names is fetched while the connection is made.
screenLoaders[screenIn(window.location.search)]().catch(() => undefined);

/** Each screen is fetched when it is first looked at. */
export const SCREEN_VIEWS: Readonly<Record<ScreenName, ComponentType>> = {
  dashboard: lazy(screenLoaders.dashboard),
  trade: lazy(screenLoaders.trade),
  vault: lazy(screenLoaders.vault),
  wallet: lazy(screenLoaders.wallet),
  events: lazy(screenLoaders.events),
  settings: lazy(screenLoaders.settings),
  live: lazy(screenLoaders.live),
};

export const FirstRun: ComponentType = lazy(() => import('../screens/firstRun/FirstRun.tsx'));
