import { UnstyledButton } from '@mantine/core';
import {
  IconArrowsExchange,
  IconBuildingBank,
  IconKeyboard,
  IconLayoutDashboard,
  IconListDetails,
  IconSettings,
  IconWallet,
  type Icon,
} from '@tabler/icons-react';
import { HotkeyHint } from '../components/HotkeyHint.tsx';
import { useLive } from '../live/liveStore.ts';
import { useHasDrafts } from '../screens/settings/settingsDrafts.ts';
import { Mark } from './Mark.tsx';
import { SCREENS, SCREEN_TITLES, searchFor, type ScreenName } from './screenName.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { goTo } from './useScreen.ts';
import styles from './Navigation.module.css';

const ICONS: Readonly<Record<(typeof SCREENS)[number], Icon>> = {
  dashboard: IconLayoutDashboard,
  trade: IconArrowsExchange,
  vault: IconBuildingBank,
  wallet: IconWallet,
  events: IconListDetails,
  settings: IconSettings,
};

interface NavigationProps {
  readonly screen: ScreenName;
  readonly onHelp: () => void;
}

export function Navigation({ screen, onHelp }: NavigationProps) {
  const version = useLive((state) => state.appVersion);
  return (
    <nav className={styles.nav} aria-label="Screens">
      <div className={styles.brand}>
        <Mark size={22} />
        <span className={styles.word}>Phantom Arbiter</span>
      </div>
      <ul className={styles.list}>
        {SCREENS.map((name, at) => (
          <NavigationLink key={name} name={name} hotkey={String(at + 1)} current={name === screen} />
        ))}
      </ul>
      <div className={styles.foot}>
        <UnstyledButton className={styles.item} onClick={onHelp}>
          <IconKeyboard size={18} stroke={1.6} aria-hidden />
          <span className={styles.word}>Keys</span>
          <span className={styles.hint}>
            <HotkeyHint keys={['?']} />
          </span>
        </UnstyledButton>
        <ThemeSwitch />
        <p className={styles.version}>{version === null ? null : `Version ${version}`}</p>
      </div>
    </nav>
  );
}

interface NavigationLinkProps {
  readonly name: (typeof SCREENS)[number];
  readonly hotkey: string;
  readonly current: boolean;
}

function NavigationLink({ name, hotkey, current }: NavigationLinkProps) {
  const ScreenIcon = ICONS[name];
  const unsaved = useHasDrafts() && name === 'settings';
  return (
    <li>
      <a
        className={styles.item}
        href={searchFor(name, window.location.search)}
        aria-current={current ? 'page' : undefined}
        aria-description={unsaved ? 'Changes here are not saved yet' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          goTo(name);
        }}
      >
        <ScreenIcon size={18} stroke={1.6} aria-hidden />
        <span className={styles.word}>{SCREEN_TITLES[name]}</span>
        {unsaved ? <span className={styles.unsaved} title="Changes here are not saved yet" /> : null}
        <span className={styles.hint}>
          <HotkeyHint keys={[hotkey]} />
        </span>
      </a>
    </li>
  );
}
