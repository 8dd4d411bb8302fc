/** What the process of the host tells the one of the clients. */
export type HostReport =
  | { readonly kind: 'listening'; readonly port: number; readonly key: string }
  /** The clients have warmed up. What was due from this moment on counts, wall time in ms. */
  | { readonly kind: 'counting'; readonly from: number }
  | { readonly kind: 'ended'; readonly figures: HostFigures };

/** Levels as texts, best first. */
export type Levels = readonly (readonly [price: string, size: string])[];

export interface HostFigures {
  /** Of the whole run, warm-up included. */
  readonly trades: number;
  readonly book: { readonly sequence: number; readonly bids: Levels; readonly asks: Levels };
  /** Of the time that counts. */
  readonly messages: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** How long the program was kept from what was due, in ms. */
  readonly loopDelayP99Ms: number;
  readonly before: MemoryBytes;
  readonly halfway: MemoryBytes;
  readonly after: MemoryBytes;
  readonly unexpected: readonly string[];
}

/** After garbage was collected. */
export interface MemoryBytes {
  readonly resident: number;
  readonly heap: number;
  /** Kept by V8 for new objects, used or not: it doubles now and then up to a limit, and is resident. */
  readonly young: number;
}

/** What the host is asked to do, once its clients are there. */
export interface HostOrder {
  readonly rate: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}
