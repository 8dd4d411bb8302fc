import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import styles from './ThemeSwitch.module.css';

const SCHEMES = [
  { value: 'dark', Icon: IconMoon, word: 'Dark' },
  { value: 'light', Icon: IconSun, word: 'Light' },
  { value: 'auto', Icon: IconDeviceDesktop, word: 'As the system' },
] as const;

type Scheme = (typeof SCHEMES)[number]['value'];

interface ThemeSwitchProps {
  /** Words beside the icons, where there is room. */
  readonly words?: boolean;
}

/** Dark, light, or as the system is. It is remembered in this browser. */
export function ThemeSwitch({ words = false }: ThemeSwitchProps) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl<Scheme>
      aria-label="Theme"
      size="xs"
      fullWidth
      value={colorScheme}
      onChange={setColorScheme}
      data={SCHEMES.map(({ value, Icon, word }) => ({
        value,
        label: words ? (
          word
        ) : (
          <span className={styles.icon} title={word}>
            <Icon size={15} stroke={1.6} aria-hidden />
            <VisuallyHidden>{word}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
