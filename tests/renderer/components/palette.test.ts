import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, test } from 'vitest';
import { cssVariables } from '../../../src/renderer/theme/cssVariables.ts';
import { DARK, LIGHT, ROLES, type Palette, type Role } from '../../../src/renderer/theme/palette.ts';
import { DARK_SHADE, LIGHT_SHADE } from '../../../src/renderer/theme/shades.ts';
import { theme } from '../../../src/renderer/theme/theme.ts';
import { seenDistance, VISIONS } from './colourVision.ts';
import { contrastRatio } from './contrast.ts';

/** WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT = 4.5;
const GRAPHICS = 3;
/** In OKLab a difference of 0.02 is just noticeable; four times that is told apart at a glance. */
const APART = 0.08;

const MONEY_ROLES: readonly Role[] = ['long', 'short', 'warn', 'danger'];
const pairs = MONEY_ROLES.flatMap((one, at) =>
  MONEY_ROLES.slice(at + 1).map((other) => [one, other] as const),
);

const surfaces = ({ body, surface, raised, field }: Palette) =>
  Object.entries({ body, surface, raised, field });

/** Names the surface when it fails. */
function expectContrast(least: number, one: string, other: string, name: string): void {
  expect({ name, contrast: contrastRatio(one, other) }).toSatisfy(
    ({ contrast }: { contrast: number }) => contrast >= least,
    `${one} on ${name} (${other}) has a contrast of at least ${least}`,
  );
}

describe.each([
  ['dark', DARK],
  ['light', LIGHT],
])('in the %s scheme', (_name, palette) => {
  test.each(['text', 'dim', 'faint'] as const)('%s can be read on every surface', (kind) => {
    for (const [name, surface] of surfaces(palette)) expectContrast(TEXT, palette[kind], surface, name);
  });

  test.each(ROLES)('words in the colour of %s can be read on every surface and on their tints', (role) => {
    const { mark, soft, softHover } = palette.roles[role];
    const grounds = [...surfaces(palette), ['soft', soft], ['softHover', softHover]] as const;
    for (const [name, ground] of grounds) expectContrast(TEXT, mark, ground, name);
  });

  test.each(ROLES)('words on a filled %s button can be read, also under the pointer', (role) => {
    const { solid, solidHover, onSolid } = palette.roles[role];
    expect(contrastRatio(onSolid, solid)).toBeGreaterThanOrEqual(TEXT);
    expect(contrastRatio(onSolid, solidHover)).toBeGreaterThanOrEqual(TEXT);
  });

  test.each(ROLES)('plain words can be read on the tint of %s', (role) => {
    expect(contrastRatio(palette.text, palette.roles[role].soft)).toBeGreaterThanOrEqual(TEXT);
  });

  test('the outlines of inputs and buttons, and filled buttons, stand out from every surface', () => {
    const outlines = [palette.outline, ...ROLES.map((role) => palette.roles[role].solid)];
    for (const outline of outlines)
      for (const [name, surface] of surfaces(palette)) expectContrast(GRAPHICS, outline, surface, name);
  });

  describe.each(Object.entries(VISIONS))('seen with %s colour vision', (_vision, matrix) => {
    test.each(pairs)('%s and %s are told apart', (one, other) => {
      const distance = seenDistance(palette.roles[one].mark, palette.roles[other].mark, matrix);
      expect(distance).toBeGreaterThanOrEqual(APART);
    });

    test('paper and live are told apart', () => {
      const { paper, live } = palette.roles;
      expect(seenDistance(paper.mark, live.mark, matrix)).toBeGreaterThanOrEqual(2 * APART);
      expect(seenDistance(paper.soft, live.solid, matrix)).toBeGreaterThanOrEqual(2 * APART);
    });
  });
});

test('the measures themselves are right at their known ends', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
  for (const matrix of Object.values(VISIONS)) {
    expect(seenDistance('#000000', '#ffffff', matrix)).toBeCloseTo(1, 2);
    expect(seenDistance('#123456', '#123456', matrix)).toBe(0);
  }
});

test('what is measured here is what the screen shows', () => {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const variables = cssVariables(merged);
  for (const [shown, palette] of [
    [variables.dark, DARK],
    [variables.light, LIGHT],
  ] as const) {
    expect(shown['--mantine-color-body']).toBe(palette.body);
    for (const role of ROLES) {
      expect(shown[`--pa-${role}`]).toBe(palette.roles[role].mark);
      expect(shown[`--mantine-color-${role}-filled`]).toBe(palette.roles[role].solid);
      expect(shown[`--mantine-color-${role}-light`]).toBe(palette.roles[role].soft);
    }
  }
  for (const role of ROLES) {
    expect(merged.colors[role]?.[DARK_SHADE]).toBe(DARK.roles[role].solid);
    expect(merged.colors[role]?.[LIGHT_SHADE]).toBe(LIGHT.roles[role].solid);
  }
});
