/** The keys of a person at the terminal, and the signals to stop. */
export interface Keyboard {
  /** Calls back for every key until the returned function is called. */
  onKey(heard: (key: string) => void): () => void;
  onStop(heard: () => void): () => void;
}
