/**
 * Every colour of the app, once. A role is what a colour means to a trader; a surface is what it stands on. Tests hold
 * each pair to WCAG AA, and the roles apart for people who don't see red, green or blue.
 */

/** What a colour says. `paper` and `live` are the trading modes; `accent` is the app's own and says nothing of money. */
export const ROLES = ['accent', 'long', 'short', 'warn', 'danger', 'paper', 'live'] as const;
export type Role = (typeof ROLES)[number];

/** One role in one scheme. */
export interface RoleColors {
  /** Words, icons, lines and marks, on every surface and on `soft`. */
  readonly mark: string;
  /** A filled button or badge. */
  readonly solid: string;
  readonly solidHover: string;
  /** Words on `solid` and `solidHover`. */
  readonly onSolid: string;
  /** A quiet tint behind `mark`. */
  readonly soft: string;
  readonly softHover: string;
}

export interface Palette {
  /** The window. */
  readonly body: string;
  /** The one elevated surface: panels, tiles, the sidebar. */
  readonly surface: string;
  /** What lies on a surface: hovered rows, menus, the tracks of meters. */
  readonly raised: string;
  /** Inside inputs and plain buttons. */
  readonly field: string;
  /** Hairlines that only separate. */
  readonly line: string;
  /** Outlines of things one can use: 3:1 against the surfaces. */
  readonly outline: string;
  readonly text: string;
  /** Labels and hints. */
  readonly dim: string;
  /** Placeholders and disabled words. */
  readonly faint: string;
  readonly roles: Readonly<Record<Role, RoleColors>>;
}

export const DARK: Palette = {
  body: '#0a0c10',
  surface: '#11141a',
  raised: '#191d25',
  field: '#191d25',
  line: '#232833',
  outline: '#687085',
  text: '#e9ebf0',
  dim: '#9ba2b0',
  faint: '#8b93a3',
  roles: {
    accent: {
      mark: '#a39bff',
      solid: '#a39bff',
      solidHover: '#b5aeff',
      onSolid: '#0a0c10',
      soft: '#1f1e38',
      softHover: '#292848',
    },
    long: {
      mark: '#5fe3ba',
      solid: '#5fe3ba',
      solidHover: '#7debc8',
      onSolid: '#0a0c10',
      soft: '#11291f',
      softHover: '#173629',
    },
    short: {
      mark: '#e585c4',
      solid: '#e585c4',
      solidHover: '#ee9dd1',
      onSolid: '#0a0c10',
      soft: '#2f1a2a',
      softHover: '#3d2237',
    },
    warn: {
      mark: '#f6cf58',
      solid: '#f6cf58',
      solidHover: '#fadb7c',
      onSolid: '#0a0c10',
      soft: '#2b2510',
      softHover: '#393116',
    },
    danger: {
      mark: '#ff5a42',
      solid: '#ff5a42',
      solidHover: '#ff7562',
      onSolid: '#0a0c10',
      soft: '#2a1512',
      softHover: '#361c18',
    },
    paper: {
      mark: '#7cb7ff',
      solid: '#7cb7ff',
      solidHover: '#98c7ff',
      onSolid: '#0a0c10',
      soft: '#13233a',
      softHover: '#1a2e4b',
    },
    live: {
      mark: '#ff9d4d',
      solid: '#ff9d4d',
      solidHover: '#ffb171',
      onSolid: '#0a0c10',
      soft: '#301e10',
      softHover: '#3f2815',
    },
  },
};

export const LIGHT: Palette = {
  body: '#f5f6f8',
  surface: '#ffffff',
  raised: '#eef0f4',
  field: '#ffffff',
  line: '#e1e4ea',
  outline: '#7f8796',
  text: '#171a21',
  dim: '#5a6270',
  faint: '#636b79',
  roles: {
    accent: {
      mark: '#5a4fcf',
      solid: '#5a4fcf',
      solidHover: '#4b40bd',
      onSolid: '#ffffff',
      soft: '#eeecfd',
      softHover: '#e3e0fb',
    },
    long: {
      mark: '#00665c',
      solid: '#00665c',
      solidHover: '#00544c',
      onSolid: '#ffffff',
      soft: '#dff3ee',
      softHover: '#cfece4',
    },
    short: {
      mark: '#bb129e',
      solid: '#bb129e',
      solidHover: '#a00f87',
      onSolid: '#ffffff',
      soft: '#fdeaf8',
      softHover: '#fbe2f4',
    },
    warn: {
      mark: '#855a06',
      solid: '#855a06',
      solidHover: '#6f4b05',
      onSolid: '#ffffff',
      soft: '#fcf2da',
      softHover: '#f8e8c0',
    },
    danger: {
      mark: '#8a0a14',
      solid: '#b3131f',
      solidHover: '#980f19',
      onSolid: '#ffffff',
      soft: '#fdeaea',
      softHover: '#fadcdc',
    },
    paper: {
      mark: '#1a5fb4',
      solid: '#1a5fb4',
      solidHover: '#154f97',
      onSolid: '#ffffff',
      soft: '#e5effb',
      softHover: '#d5e5f8',
    },
    live: {
      mark: '#a84300',
      solid: '#b84a00',
      solidHover: '#9c3f00',
      onSolid: '#ffffff',
      soft: '#fdeee2',
      softHover: '#fae1cc',
    },
  },
};
