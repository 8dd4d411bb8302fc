/** All that a sandboxed page gets of the desktop: frames out, frames in. */
export interface Bridge {
  send(text: string): void;
  /** Returns what ends it. */
  subscribe(listener: (text: string) => void): () => void;
}

/** The name under which the preload puts it on `window`. */
export const BRIDGE_NAME = 'phantomArbiter';
/** The IPC channels: page to program, and program to page. */
export const FRAME_TO_PROGRAM = 'frame:to-program';
export const FRAME_TO_PAGE = 'frame:to-page';
