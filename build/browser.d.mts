/** The path of a Chromium; undefined where there is none, and then `say` has heard why in one line. */
export function findChromium(say?: (line: string) => void): string | undefined;
export const CHROMIUM_ARGS: string[];
