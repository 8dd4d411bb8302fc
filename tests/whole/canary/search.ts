import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { memoryOf } from '../../main/custody/processMemory.ts';
import type { SeenProcess } from '../../support/processTree.ts';
import type { Forms } from './forms.ts';
import { Needles } from './needles.ts';

/** What a search has come upon. */
export interface Traces {
  /** Of a secret, by name and form. */
  readonly secrets: readonly string[];
  /** Whether it came upon the decoy: one that doesn't has not looked where it should. */
  readonly decoy: boolean;
}

/** How every search has to end: the decoy is everywhere, and no secret is anywhere. */
export const ONLY_DECOY: Traces = { secrets: [], decoy: true };

const DECOY = 'the decoy';
/** Larger files are read piece by piece; a piece begins again before the end of the last one. */
const OVERLAP = 4096;

/**
 * Looks for secrets in everything that a program has, says and leaves behind. With them it looks for a decoy, a secret
 * of nobody's that was put there on purpose.
 */
export class Search {
  readonly #needles: Needles;

  constructor(secrets: Forms, decoy: Forms) {
    this.#needles = new Needles([...secrets, ...decoy.map(([, pieces]) => [DECOY, pieces] as const)]);
  }

  bytes(...all: readonly (Uint8Array | string)[]): Traces {
    return tracesOf(
      all.map((one) => this.#needles.foundIn(typeof one === 'string' ? Buffer.from(one) : one)),
    );
  }

  /** Every file below a folder, and the names of them. */
  folder(folder: string): Traces {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const names = files.map(({ parentPath, name }) => path.join(parentPath, name));
    return this.bytes(names.join('\n'), ...names.map((file) => readFileSync(file)));
  }

  /** A file that may be larger than what fits into a buffer. */
  async file(file: string): Promise<Traces> {
    const found: ReadonlySet<string>[] = [];
    let before = Buffer.alloc(0);
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 22 }) as AsyncIterable<Buffer>) {
      const bytes = Buffer.concat([before, piece]);
      found.push(this.#needles.foundIn(bytes));
      before = bytes.subarray(-OVERLAP);
    }
    return tracesOf(found);
  }

  /** What everybody may read of a process: how it was started, and with which environment. */
  surroundings({ argv, environment }: SeenProcess): Traces {
    return this.bytes(argv.join('\0'), environment.join('\0'));
  }

  /** All that a process can write in its memory, as it is now. Linux only. */
  memory(pid: number): Traces {
    const found: ReadonlySet<string>[] = [];
    for (const piece of memoryOf(pid)) found.push(this.#needles.foundIn(piece));
    return tracesOf(found);
  }
}

function tracesOf(found: Iterable<ReadonlySet<string>>): Traces {
  const all = new Set<string>();
  for (const names of found) for (const name of names) all.add(name);
  return { secrets: [...all].filter((name) => name !== DECOY).sort(), decoy: all.has(DECOY) };
}
