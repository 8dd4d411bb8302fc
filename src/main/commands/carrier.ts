/** Why the program ends a connection; a WebSocket closes with the number, an IPC channel just ends. */
export const CLOSE_CODES = {
  /** The program stops. */
  goingAway: 1001,
  /** A frame that no client of ours sends: too many malformed ones. */
  malformed: 1008,
  tooLarge: 1009,
  tooFast: 4008,
  /** The client reads too slowly, and too much waits for it. */
  tooSlow: 4009,
} as const;

export type CloseReason = keyof typeof CLOSE_CODES;

/** What carries frames to one client. The program knows nothing else of it. */
export interface Carrier {
  /** Hands a frame on; never throws, also not after it has closed. */
  send(text: string): void;
  /** Bytes that were handed over and have not left yet. */
  readonly waitingBytes: number;
  close(reason: CloseReason): void;
}

/** The program's end of a connection that has been let in. */
export interface Session {
  /** A frame as it came. Whatever it holds, nothing is thrown. */
  receive(text: string): void;
  /** The carrier is gone. What the client has begun goes on. */
  ended(): void;
}
