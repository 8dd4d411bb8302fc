import { z } from 'zod';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const windowState = z.object({
  /** Where the window stands when it isn't maximised; null before it was ever moved. */
  bounds: rectangle.nullable(),
  isMaximised: z.boolean(),
  /** Whether the user has been told that closing the window leaves the engine in the tray. */
  knowsOfTray: z.boolean(),
});

export type Rectangle = z.infer<typeof rectangle>;
export type WindowState = z.infer<typeof windowState>;

export const FIRST_STATE: WindowState = { bounds: null, isMaximised: false, knowsOfTray: false };
export const LEAST_SIZE = { width: 1024, height: 680 } as const;
const FIRST_SIZE = { width: 1280, height: 800 } as const;
/** So much of a window must be on a screen for a hand to take hold of it. */
const GRIP = { width: 160, height: 48 } as const;

/** What a file says; the first state for whatever isn't one. */
export function windowStateFrom(text: string): WindowState {
  try {
    return windowState.parse(JSON.parse(text));
  } catch {
    return FIRST_STATE;
  }
}

/** A window's place as Electron takes it: without x and y it comes to the middle. */
export interface WindowPlace {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
}

/** Where to put the window: as it was, if it can be reached on the screens there are now; else in the middle. */
export function placeFor({ bounds }: WindowState, workAreas: readonly Rectangle[]): WindowPlace {
  if (bounds === null) return FIRST_SIZE;
  const size = {
    width: Math.max(bounds.width, LEAST_SIZE.width),
    height: Math.max(bounds.height, LEAST_SIZE.height),
  };
  const isReachable = workAreas.some((area) => hasGrip({ ...bounds, ...size }, area));
  return isReachable ? { x: bounds.x, y: bounds.y, ...size } : size;
}

/** Whether enough of the window's upper edge, where its title is, lies on a screen. */
function hasGrip(window: Rectangle, area: Rectangle): boolean {
  const across =
    Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x) >= GRIP.width;
  return across && window.y >= area.y && window.y + GRIP.height <= area.y + area.height;
}
