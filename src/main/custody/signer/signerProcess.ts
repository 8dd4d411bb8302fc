/** The process of the signer, as the program holds it, whichever kind of process it is. */
export interface SignerProcess {
  post(message: unknown): void;
  /** Hands a channel over with a message. Only a desktop has such ports, so that their type is its own. */
  postPort(message: unknown, port: unknown): void;
  onMessage(heard: (message: unknown) => void): void;
  /** Told once, however it ended. */
  onExit(heard: (code: number) => void): void;
  kill(): void;
}
