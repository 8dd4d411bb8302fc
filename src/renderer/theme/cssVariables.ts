import type { CSSVariablesResolver } from '@mantine/core';
import { DARK, LIGHT, ROLES, type Palette } from './palette.ts';

type Variables = Record<string, string>;

/** The palette under the app's own names (`--pa-…`), and in the places where Mantine's components look for colours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: { ...schemeVariables(DARK), '--mantine-color-black': DARK.body },
  light: schemeVariables(LIGHT),
});

function schemeVariables(palette: Palette): Variables {
  const { body, surface, raised, field, line, outline, text, dim, faint } = palette;
  const variables: Variables = {
    '--pa-body': body,
    '--pa-surface': surface,
    '--pa-raised': raised,
    '--pa-field': field,
    '--pa-line': line,
    '--pa-outline': outline,
    '--pa-text': text,
    '--pa-dim': dim,
    '--pa-faint': faint,
    '--mantine-color-body': body,
    '--mantine-color-text': text,
    '--mantine-color-bright': text,
    '--mantine-color-dimmed': dim,
    '--mantine-color-placeholder': faint,
    '--mantine-color-anchor': palette.roles.accent.mark,
    '--mantine-color-error': palette.roles.danger.mark,
    '--mantine-color-success': palette.roles.long.mark,
    '--mantine-color-default': field,
    '--mantine-color-default-hover': field === raised ? line : raised,
    '--mantine-color-default-color': text,
    '--mantine-color-default-border': outline,
    '--mantine-color-disabled': raised,
    '--mantine-color-disabled-color': faint,
    '--mantine-color-disabled-border': line,
    '--mantine-primary-color-contrast': palette.roles.accent.onSolid,
  };
  for (const role of ROLES) Object.assign(variables, roleVariables(role, palette));
  return variables;
}

function roleVariables(role: (typeof ROLES)[number], palette: Palette): Variables {
  const { mark, solid, solidHover, onSolid, soft, softHover } = palette.roles[role];
  return {
    [`--pa-${role}`]: mark,
    [`--pa-${role}-solid`]: solid,
    [`--pa-${role}-on-solid`]: onSolid,
    [`--pa-${role}-soft`]: soft,
    [`--mantine-color-${role}-text`]: mark,
    [`--mantine-color-${role}-filled`]: solid,
    [`--mantine-color-${role}-filled-hover`]: solidHover,
    [`--mantine-color-${role}-light`]: soft,
    [`--mantine-color-${role}-light-hover`]: softHover,
    [`--mantine-color-${role}-light-color`]: mark,
    [`--mantine-color-${role}-outline`]: mark,
    [`--mantine-color-${role}-outline-hover`]: soft,
  };
}
