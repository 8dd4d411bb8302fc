/** As many bytes of each needle are looked at together: no needle is shorter. */
const WINDOW = 8;
/** As many of them, at its end, say how far the window may move on. */
const BLOCK = 3;
const FARTHEST = WINDOW - BLOCK + 1;

interface Needle {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Many strings of bytes, looked for in one pass, which a core file of hundreds of megabytes needs.
 * Source: S. Wu and U. Manber, "A fast algorithm for multi-pattern searching", 1994.
 */
export class Needles {
  /** How far the window may move on, by the block at its end. */
  readonly #shifts = new Uint8Array(1 << 20).fill(FARTHEST);
  /** The needles whose window ends with a block. */
  readonly #ending = new Map<number, Needle[]>();

  /** @param named by a name, which several may have, 8 bytes or longer each */
  constructor(named: Iterable<readonly [name: string, bytes: readonly Uint8Array[]]>) {
    for (const [name, all] of named) for (const bytes of all) this.#add({ name, bytes });
  }

  /** The names of those that stand in these bytes. */
  foundIn(bytes: Uint8Array): ReadonlySet<string> {
    const found = new Set<string>();
    const shifts = this.#shifts;
    for (let end = WINDOW - 1; end < bytes.length;) {
      const block = blockAt(bytes, end);
      const shift = shifts[block] ?? 0;
      if (shift === 0)
        for (const needle of this.#ending.get(block) ?? [])
          if (standsAt(bytes, end - WINDOW + 1, needle.bytes)) found.add(needle.name);
      end += shift === 0 ? 1 : shift;
    }
    return found;
  }

  #add(needle: Needle): void {
    const { name, bytes } = needle;
    if (bytes.length < WINDOW) throw new RangeError(`${name} is too short to be looked for`);
    for (let end = BLOCK - 1; end < WINDOW; end += 1) {
      const block = blockAt(bytes, end);
      this.#shifts[block] = Math.min(this.#shifts[block] ?? 0, WINDOW - 1 - end);
    }
    const last = blockAt(bytes, WINDOW - 1);
    this.#ending.set(last, [...(this.#ending.get(last) ?? []), needle]);
  }
}

/** The block that ends here, as a number of 20 bits. */
const blockAt = (bytes: Uint8Array, end: number): number =>
  ((bytes[end - 2] ?? 0) << 12) ^ ((bytes[end - 1] ?? 0) << 6) ^ (bytes[end] ?? 0);

function standsAt(bytes: Uint8Array, start: number, needle: Uint8Array): boolean {
  if (start + needle.length > bytes.length) return false;
  for (let at = 0; at < needle.length; at += 1) if (bytes[start + at] !== needle[at]) return false;
  return true;
}
