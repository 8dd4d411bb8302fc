import {
  Button,
  createTheme,
  Input,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { DARK, LIGHT, ROLES, type Role } from './palette.ts';
import { DARK_SHADE, LIGHT_SHADE, shadesOf } from './shades.ts';

const isRole = (color: string): color is Role => (ROLES as readonly string[]).includes(color);

/** The size that everything has unless told otherwise, made denser here than Mantine's. */
const isDense = (size: string | number | undefined): boolean => size === undefined || size === 'sm';

/** Mantine picks white for words on a filled role; a light colour needs its own dark ones. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const color = input.color ?? input.theme.primaryColor;
  return input.variant === 'filled' && isRole(color)
    ? { ...colors, color: `var(--pa-${color}-on-solid)` }
    : colors;
};

const roleColors = Object.fromEntries(
  ROLES.map((role) => [role, shadesOf(DARK.roles[role], LIGHT.roles[role])]),
);

/** Mantine's own greys in dark schemes, from text (0) to the deepest shadow (9). */
const darkGreys: MantineColorsTuple = [
  DARK.text,
  '#c5c9d2',
  DARK.dim,
  DARK.outline,
  '#2c323e',
  DARK.line,
  DARK.raised,
  DARK.surface,
  DARK.body,
  '#06070a',
];

const sans = "'Inter Variable', 'Inter', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** Dense and quiet: 13 px text, 4 px steps, small radii, no shadows but under what floats. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { dark: DARK_SHADE, light: LIGHT_SHADE },
  colors: { ...roleColors, dark: darkGreys },
  black: LIGHT.text,
  variantColorResolver: variantColors,
  fontFamily: sans,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '11.5px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  fontWeights: { regular: '400', medium: '550', bold: '650' },
  spacing: { xs: '6px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '10px', xl: '14px' },
  defaultRadius: 'md',
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '15px', lineHeight: '1.35' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
      h4: { fontSize: '13px', lineHeight: '1.4' },
      h5: { fontSize: '13px', lineHeight: '1.4' },
      h6: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  shadows: {
    xs: 'none',
    sm: '0 1px 2px rgb(0 0 0 / 12%)',
    md: '0 8px 24px rgb(0 0 0 / 24%)',
    lg: '0 12px 32px rgb(0 0 0 / 28%)',
    xl: '0 16px 48px rgb(0 0 0 / 32%)',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      vars: (_theme, { size }) => ({
        root: isDense(size) ? { '--button-height': '32px', '--button-padding-x': '14px' } : {},
      }),
    }),
    Input: Input.extend({
      vars: (_theme, { size }) => ({ wrapper: isDense(size) ? { '--input-height': '32px' } : {} }),
    }),
    SegmentedControl: { defaultProps: { radius: 8 } },
    Tooltip: { defaultProps: { openDelay: 300 } },
    // Its <header> would count as the page's banner.
    ModalHeader: { defaultProps: { role: 'none' } },
    Modal: {
      defaultProps: { centered: true, padding: 'lg', radius: 'lg', overlayProps: { backgroundOpacity: 0.6 } },
    },
  },
});
