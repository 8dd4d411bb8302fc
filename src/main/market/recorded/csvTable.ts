import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../../shared/contract/appError.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * What is wrong with a data file, in the words that its user reads: `sol.csv, line 17: the open is 0.`
 * @param line 1-based, the header being line 1; null where the fault is not in a line
 */
export function dataFileError(file: string, line: number | null, reason: string, cause?: unknown): AppError {
  const place = line === null ? basename(file) : `${basename(file)}, line ${line}`;
  return new AppError('INVALID_DATA_FILE', `${place}: ${reason}.`, { file, line, reason }, { cause });
}

/** One line of a file, its fields by the names of their columns. */
export class CsvRow {
  /** 1-based, the header being line 1. */
  readonly line: number;
  readonly #table: CsvTable;
  readonly #fields: readonly string[];

  constructor(table: CsvTable, line: number, fields: readonly string[]) {
    this.#table = table;
    this.line = line;
    this.#fields = fields;
  }

  /** The field as it stands in the file. Throws INVALID_DATA_FILE where there is no such column. */
  text(column: string): string {
    return this.#fields[this.#table.indexOf(column)] ?? '';
  }

  /** The error that refuses this row. */
  refusal(reason: string): AppError {
    return dataFileError(this.#table.file, this.line, reason);
  }
}

/**
 * A small comma-separated file of plain numbers: a header that names its columns, then rows with as many fields.
 * There are no quotes, blank lines or comments in such files, so anything of the kind is a fault, not a case.
 */
export class CsvTable {
  readonly file: string;
  readonly rows: readonly CsvRow[];
  readonly #columns: ReadonlyMap<string, number>;

  /** @param text everything that stands in the file; lines end in \n or \r\n. Throws INVALID_DATA_FILE. */
  constructor(file: string, text: string) {
    this.file = file;
    const [header = '', ...lines] = linesOf(text);
    if (header.trim() === '')
      throw dataFileError(file, 1, text === '' ? 'the file is empty' : 'there is no header');
    const names = header.split(',');
    this.#columns = new Map(names.map((name, index) => [name, index]));
    if (this.#columns.size < names.length) throw dataFileError(file, 1, 'two columns have the same name');
    this.rows = lines.map((line, index) => this.#row(line, index + 2, names.length));
  }

  has(column: string): boolean {
    return this.#columns.has(column);
  }

  /** Where a column stands in a row. Throws INVALID_DATA_FILE where there is none of that name. */
  indexOf(column: string): number {
    const index = this.#columns.get(column);
    if (index === undefined) throw dataFileError(this.file, 1, `there is no column ${column}`);
    return index;
  }

  #row(line: string, number: number, columns: number): CsvRow {
    const fields = line.split(',');
    if (fields.length === columns) return new CsvRow(this, number, fields);
    const found = `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`;
    throw dataFileError(
      this.file,
      number,
      line === '' ? 'the line is empty' : `${found} instead of ${columns}`,
    );
  }
}

/** Reads a file that has at least the columns named. Throws INVALID_DATA_FILE, for an unreadable file too. */
export function readCsv(file: string, columns: readonly string[]): CsvTable {
  const table = new CsvTable(file, textOf(file));
  for (const column of columns) table.indexOf(column);
  return table;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw dataFileError(file, null, `the file cannot be read: ${reason}`, cause);
  }
}

function linesOf(text: string): readonly string[] {
  const lines = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
