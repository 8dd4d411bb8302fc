import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type ReactNode, useLayoutEffect } from 'react';
import '../styles.css';
import { cssVariables } from './cssVariables.ts';
import { pageOptions } from './pageOptions.ts';
import { shareStyleNonce, styleNonce } from './styleNonce.ts';
import { theme } from './theme.ts';

export interface ThemeProviderProps {
  readonly children: ReactNode;
  /** False stops every transition. Without it the address decides (`?still`). */
  readonly animate?: boolean;
  /** Overrides the stored colour scheme. Without it the address decides (`?scheme=`), then what the user chose. */
  readonly scheme?: 'dark' | 'light';
}

const schemes = localStorageColorSchemeManager({ key: 'phantom-arbiter-scheme' });

/**
 * Everything below it has the app's looks: dark unless the user chose light or their system's scheme
 * (`useMantineColorScheme().setColorScheme('dark' | 'light' | 'auto')`).
 */
export function ThemeProvider({ children, animate, scheme }: ThemeProviderProps) {
  const options = pageOptions(window.location.search);
  const still = animate === undefined ? options.still : !animate;
  const forced = scheme ?? options.scheme;
  // Before the first paint, so that nothing has begun to move. Mantine's own `env="test"` would also take dialogs out
  // of their portals, and a picture would not show what a user sees.
  useLayoutEffect(() => {
    shareStyleNonce();
    document.documentElement.toggleAttribute('data-still', still);
  }, [still]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="dark"
      getStyleNonce={styleNonce}
      {...(forced === null ? {} : { forceColorScheme: forced })}
    >
      {children}
    </MantineProvider>
  );
}
