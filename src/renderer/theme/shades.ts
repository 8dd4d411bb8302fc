import type { MantineColorsTuple } from '@mantine/core';
import type { RoleColors } from './palette.ts';

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** `from` moved towards `to` by `share` (0 to 1), in sRGB. */
export function mix(from: string, to: string, share: number): string {
  const target = channels(to);
  const mixed = channels(from).map((channel, at) => {
    const value = Math.round(channel + ((target[at] ?? channel) - channel) * share);
    return value.toString(16).padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

/** Where a role's colour for dark and for light schemes stands among its ten shades. */
export const DARK_SHADE = 4;
export const LIGHT_SHADE = 7;

/** Mantine wants ten shades of a colour: a light one at 4 for dark schemes, a dark one at 7 for light ones. */
export function shadesOf(dark: RoleColors, light: RoleColors): MantineColorsTuple {
  const pale = (share: number) => mix('#ffffff', dark.solid, share);
  const between = (share: number) => mix(dark.solid, light.solid, share);
  return [
    pale(0.12),
    pale(0.3),
    pale(0.5),
    dark.solidHover,
    dark.solid,
    between(0.33),
    between(0.66),
    light.solid,
    light.solidHover,
    mix(light.solidHover, '#000000', 0.3),
  ];
}
