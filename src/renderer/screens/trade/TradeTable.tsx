import { Button, VisuallyHidden } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { csvOf, saveFile } from './csv.ts';
import styles from './Tabs.module.css';

/** One column of a table, as it is seen and as it is exported. */
export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** All digits, as the program sent them. Left out of the file where it is undefined. */
  readonly csv?: (row: Row) => string | number | boolean | null;
  /** Numbers end at their last digit. */
  readonly numeric?: true;
  /** Words that may stand in several lines. */
  readonly wraps?: true;
}

interface TradeTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Stands under a row over its whole width. */
  readonly below?: (row: Row) => ReactNode;
}

/** A table that scrolls sideways where the window is small, by the keyboard too. */
export function TradeTable<Row>({ label, columns, rows, keyOf, below }: TradeTableProps<Row>) {
  const acts = columns.at(-1)?.name === '';
  return (
    <div
      className={styles.frame}
      data-actions={acts || undefined}
      role="region"
      aria-label={label}
      tabIndex={0}
    >
      <table className={styles.table}>
        <caption>
          <VisuallyHidden>{label}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {columns.map(({ name, numeric }) => (
              <th key={name} scope="col" data-numeric={numeric}>
                {name === '' ? <VisuallyHidden>Actions</VisuallyHidden> : name}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map((row) => (
          <tbody key={keyOf(row)}>
            <tr>
              {columns.map(({ name, numeric, wraps, cell }) => (
                <td key={name} data-numeric={numeric} className={wraps ? styles.wrapping : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
            <Below colSpan={columns.length}>{below?.(row)}</Below>
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Below({ colSpan, children }: { readonly colSpan: number; readonly children: ReactNode }) {
  if (children === null || children === undefined) return null;
  return (
    <tr className={styles.below}>
      <td colSpan={colSpan}>{children}</td>
    </tr>
  );
}

interface SaveRowsProps<Row> extends Pick<TradeTableProps<Row>, 'columns' | 'rows'> {
  /** Of the file, without its ending. */
  readonly name: string;
}

/** Hands the rows that are shown to the browser as a CSV file. */
export function SaveRows<Row>({ name, columns, rows }: SaveRowsProps<Row>) {
  const written = columns.flatMap(({ name: title, csv }) => (csv === undefined ? [] : [{ title, csv }]));
  const save = (): void =>
    saveFile(
      `${name}.csv`,
      csvOf(
        written.map(({ title }) => title),
        rows.map((row) => written.map(({ csv }) => csv(row))),
      ),
    );
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={rows.length === 0}
      leftSection={<IconDownload size={13} aria-hidden />}
      onClick={save}
    >
      CSV
    </Button>
  );
}
