/** MiB after collection. */
export interface MemoryReport {
  readonly resident: number;
  readonly heap: number;
}

/** What a fresh process is to hold when its memory is looked at. */
export type MemoryOrder =
  | { readonly holds: 'nothing' | 'paper' | 'sdk' }
  /** `secret`: of the wallet that is on the node, in hexadecimal. */
  | { readonly holds: 'live'; readonly url: string; readonly secret: string };
