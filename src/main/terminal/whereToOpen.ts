import type { Surroundings } from './surroundings.ts';

/** Whether Electron's runtime is there. `fetchable`: not yet, and nobody has tried. */
export type Runtime = 'present' | 'fetchable' | { readonly unavailable: string };

export interface Facts extends Surroundings {
  /** `--browser` */
  readonly wantsBrowser: boolean;
  readonly runtime: Runtime;
}

/** `why` completes the sentence "No desktop window: …". */
export type Opening = { readonly where: 'desktop' } | { readonly where: 'browser'; readonly why: string };

/**
 * Where the app is shown. What is known for nothing comes first: where no window could be seen, no runtime is
 * downloaded. The sandbox is never switched off to get one.
 */
export function whereToOpen(facts: Facts): Opening {
  const why = whyNoWindow(facts);
  return why === undefined ? { where: 'desktop' } : { where: 'browser', why };
}

function whyNoWindow(facts: Facts): string | undefined {
  if (facts.wantsBrowser) return '--browser asks for the browser';
  if (facts.isRemote) return 'this is a remote session (SSH)';
  if (!facts.hasDisplay) return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  if (facts.isRoot) return "Chromium's sandbox refuses to run as root";
  if (!facts.hasSandbox) return "this system does not allow Chromium's sandbox (user namespaces are off)";
  return typeof facts.runtime === 'object' ? facts.runtime.unavailable : undefined;
}
