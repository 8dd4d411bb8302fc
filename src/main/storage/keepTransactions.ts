import type { Database } from 'better-sqlite3';

import { durable } from './durable.ts';

const COLUMNS = [
  'cluster',
  'intent_id',
  'attempt',
  'kind',
  'words',
  'payer',
  'state',
  'signature',
  'last_valid_block_height',
  'wire',
  'slot',
  'fee',
  'landed',
  'code',
  'reason',
  'intended_t',
  'updated_t',
] as const;
const KEY = ['cluster', 'intent_id', 'attempt'];

const UPSERT = `
  INSERT INTO transactions (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((name) => `:${name}`).join(', ')})
  ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET
    ${COLUMNS.filter((name) => !KEY.includes(name))
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}`;

/**
 * Takes the transactions of every cluster over into another database, for a restore: a backup must not forget what was
 * signed since, or it would be signed again. Where both have an attempt, what `from` says of it holds.
 */
export function keepTransactions(from: Database, into: Database): void {
  const rows = from.prepare<[], object>(
    `SELECT ${COLUMNS.join(', ')} FROM transactions ORDER BY cluster, intent_id, attempt`,
  );
  const upsert = into.prepare<[object]>(UPSERT);
  durable(into, () => {
    for (const row of rows.iterate()) upsert.run(row);
  })();
}
