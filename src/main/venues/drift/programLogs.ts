const INVOKE = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) invoke \[(\d+)\]$/;
const RETURN = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) (?:success|failed.*)$/;
/** Records are logged as data, and those that are too large for the program's memory as a line of base64. */
const RECORD = /^Program (?:data: ([A-Za-z0-9+/]+={0,2})|log: ([A-Za-z0-9+/]{12,}={0,2}))$/;

/** What a program logged of its own, however deep it was called. */
export interface ProgramData {
  /** Base64, in order; lines of text that look like it are in it, too. */
  readonly data: readonly string[];
  /** The node has cut the log off: what is missing is not known. */
  readonly isTruncated: boolean;
}

/**
 * The data that one program has logged in a transaction. Other programs in the same transaction may log whatever they
 * like, bytes of this one's events too: only what was logged while this program itself ran is its word.
 */
export function dataOf(program: string, logs: readonly string[]): ProgramData {
  const running: string[] = [];
  const data: string[] = [];
  for (const line of logs) {
    if (line.startsWith('Log truncated')) return { data, isTruncated: true };
    const invoked = INVOKE.exec(line);
    if (invoked !== null) {
      // Its depth is said by the runtime, which no program can imitate: a program's own lines have a prefix.
      running.length = Number(invoked[2]) - 1;
      running.push(invoked[1] ?? '');
      continue;
    }
    const returned = RETURN.exec(line);
    if (returned !== null && running.at(-1) === returned[1]) running.pop();
    else if (running.at(-1) === program) {
      const [, record, text] = RECORD.exec(line) ?? [];
      const found = record ?? text;
      if (found !== undefined) data.push(found);
    }
  }
  return { data, isTruncated: false };
}
