import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const REGION = /^([0-9a-f]+)-([0-9a-f]+) rw/;

/** Where the memory that another process can write lies, and is in use. Linux only. */
function regionsOf(pid: number): readonly (readonly [start: number, end: number])[] {
  return readFileSync(`/proc/${pid}/smaps`, 'utf8')
    .split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)
    .filter((region) => !/\nRss:\s+0 kB/.test(region))
    .flatMap((region) => {
      const [, start, end] = REGION.exec(region) ?? [];
      return start === undefined || end === undefined
        ? []
        : [[parseInt(start, 16), parseInt(end, 16)] as const];
    });
}

const PIECE = 1 << 20;
/** A piece reaches into the next one, so that nothing is cut in two; what is wanted must be shorter. */
const OVERLAP = 4096;
const EMPTY = Buffer.alloc(PIECE + OVERLAP);

/** Which of these bytes stand in the memory of a process. */
export function foundInMemory<Name extends string>(
  pid: number,
  wanted: Readonly<Record<Name, Buffer>>,
): readonly Name[] {
  const missing = new Set(Object.keys(wanted) as Name[]);
  const found: Name[] = [];
  for (const piece of memoryOf(pid))
    for (const name of missing)
      if (piece.includes(wanted[name])) {
        missing.delete(name);
        found.push(name);
      }
  return found;
}

/** The memory of a process, piece by piece; each holds until the next is asked for. Linux only. */
export function* memoryOf(pid: number): Generator<Buffer, void, undefined> {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const room = Buffer.alloc(PIECE + OVERLAP);
  try {
    for (const [start, end] of regionsOf(pid))
      for (let at = start; at < end; at += PIECE) {
        const piece = room.subarray(0, readPiece(memory, room.subarray(0, end - at), at));
        if (!piece.equals(EMPTY.subarray(0, piece.length))) yield piece;
      }
  } finally {
    closeSync(memory);
  }
}

/** How much could be read: the kernel keeps some of its own pages to itself. */
function readPiece(memory: number, into: Buffer, start: number): number {
  try {
    return readSync(memory, into, 0, into.length, start);
  } catch {
    return 0;
  }
}
