import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { LoadingState } from '../components/LoadingState.tsx';
import { useLive } from '../live/liveStore.ts';
import { Banners } from './Banners.tsx';
import { fetchAhead, loadHotkeySheet, loadPalette, mend } from './chunks.ts';
import { Confirmations } from './Confirmations.tsx';
import { Connecting } from './Connecting.tsx';
import { Header } from './Header.tsx';
import type { HotkeyAction } from './hotkeys.ts';
import { KeyGate } from './KeyGate.tsx';
import { Navigation } from './Navigation.tsx';
import { Notices } from './Notices.tsx';
import { ScreenFrame } from './ScreenFrame.tsx';
import { SCREEN_TITLES } from './screenName.ts';
import { FirstRun, SCREEN_VIEWS, screenLoaders } from './screenViews.ts';
import { useDocumentTitle } from './useDocumentTitle.ts';
import { useEngineActs } from './useEngineActs.ts';
import { useHotkeys } from './useHotkeys.ts';
import { goTo, useScreen } from './useScreen.ts';
import styles from './Shell.module.css';

const CommandPalette = lazy(loadPalette);
const HotkeySheet = lazy(loadHotkeySheet);

/** What stands around every screen, and what stands instead of one while there is nothing to show. */
export function Shell() {
  const refusal = useLive(({ connection }) => (connection.kind === 'refused' ? connection.reason : null));
  const known = useLive((state) => state.known);
  const firstRun = useLive((state) => state.firstRun);
  useDocumentTitle();
  if (refusal !== null) return <KeyGate reason={refusal} />;
  if (!known) return <Connecting />;
  return firstRun ? <Welcome /> : <Workplace />;
}

function Welcome() {
  return (
    <div className={styles.welcome}>
      <Banners />
      <main className={styles.welcomeMain}>
        <ScreenFrame name="first run">
          <Suspense fallback={<LoadingState label="Loading" />}>
            <FirstRun />
          </Suspense>
        </ScreenFrame>
      </main>
      <Notices />
    </div>
  );
}

function Workplace() {
  const screen = useScreen();
  const [palette, setPalette] = useState(0);
  const [help, setHelp] = useState(false);
  const { sos, toggleClock } = useEngineActs();
  const openPalette = useCallback(() => setPalette((times) => times + 1), []);
  const openHelp = useCallback(() => setHelp(true), []);
  const onHotkey = useCallback(
    (action: HotkeyAction) => {
      if (action.kind === 'go') goTo(action.screen);
      else if (action.kind === 'palette') openPalette();
      else if (action.kind === 'help') openHelp();
      else if (action.kind === 'sos') sos(false);
      else toggleClock();
    },
    [openPalette, openHelp, sos, toggleClock],
  );
  useHotkeys(onHotkey);
  useEffect(() => fetchAhead(Object.values(screenLoaders)), []);
  useEffect(mend, []);
  const View = SCREEN_VIEWS[screen];
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#screen" onClick={skipToScreen}>
        Skip to the screen
      </a>
      <Navigation screen={screen} onHelp={openHelp} />
      <div className={styles.column}>
        <Header onPalette={openPalette} />
        <Banners />
        <main id="screen" className={styles.main} tabIndex={-1} aria-label={SCREEN_TITLES[screen]}>
          <ScreenFrame key={screen} name={SCREEN_TITLES[screen].toLowerCase()}>
            <Suspense fallback={<LoadingState label={`Loading ${SCREEN_TITLES[screen]}`} lines={8} />}>
              <View />
            </Suspense>
          </ScreenFrame>
        </main>
      </div>
      <Notices />
      <Confirmations />
      {help ? (
        <ScreenFrame name="keys">
          <Suspense fallback={null}>
            <HotkeySheet opened onClose={() => setHelp(false)} />
          </Suspense>
        </ScreenFrame>
      ) : null}
      {palette === 0 ? null : (
        <ScreenFrame name="commands">
          <Suspense fallback={null}>
            <CommandPalette asked={palette} onHelp={openHelp} />
          </Suspense>
        </ScreenFrame>
      )}
    </div>
  );
}

/** The address's fragment is the key's place, so the link moves the focus itself. */
function skipToScreen(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('screen')?.focus();
}
