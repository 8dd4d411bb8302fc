import { z } from 'zod';
import { command } from '../command.ts';
import { vaultName } from '../engineName.ts';
import { eventEntry } from '../eventEntry.ts';
import { settingInput } from '../../settings/settingInput.ts';

export const settingView = z.strictObject({
  name: z.string(),
  unit: z.string(),
  meaning: z.string(),
  /** `0.01 to 50`, as it is shown. */
  range: z.string(),
  input: settingInput,
  fallback: z.string(),
  /** What holds now: the user's, or the default. */
  value: z.string(),
});
export type SettingView = z.infer<typeof settingView>;

export const settingsView = z.strictObject({
  /** Rises with every change. A change names the revision it was made on. */
  revision: z.number().int(),
  groups: z.array(z.strictObject({ name: z.string(), settings: z.array(settingView) })),
  /** Pairs of which the first cannot be lower than the second. */
  order: z.array(z.strictObject({ name: z.string(), other: z.string() })),
});
export type SettingsView = z.infer<typeof settingsView>;

export const backupView = z.strictObject({
  backup: z.string(),
  t: z.number(),
  bytes: z.number(),
  reason: z.enum(['daily', 'asked', 'beforeReset', 'beforeRestore', 'beforeMigration']),
});
export type BackupView = z.infer<typeof backupView>;

const limitUse = z.strictObject({
  perMinute: z.number().int(),
  /** Of the last minute. */
  used: z.number().int(),
  waiting: z.number().int(),
  refused: z.number().int(),
});

/** What stands between the program and a venue's servers. */
export const venueStats = z.strictObject({
  venue: z.string(),
  /** `open`: the venue doesn't answer, and is left alone for `circuitWaitMs`. */
  circuit: z.enum(['closed', 'open', 'halfOpen']),
  circuitWaitMs: z.number(),
  retries: z.number().int(),
  limits: z.strictObject({ marketData: limitUse, trading: limitUse, account: limitUse }),
  /** By kind of answer. */
  cache: z.record(
    z.string(),
    z.strictObject({
      ttlMs: z.number(),
      entries: z.number().int(),
      hits: z.number().int(),
      misses: z.number().int(),
      /** Answered by a question that another had asked already. */
      shared: z.number().int(),
      /** Hits and shared of all, 0 to 1; null before anybody asked. */
      hitRate: z.number().nullable(),
    }),
  ),
});

export const APP_COMMANDS = {
  GET_SETTINGS: command({
    about: 'Every setting with its unit, range, meaning and value.',
    payload: z.strictObject({}),
    reply: settingsView,
    kind: 'read',
  }),
  UPDATE_SETTINGS: command({
    about:
      'Changes settings by name; null takes the default. All of them or none; refused on an old revision.',
    payload: z.strictObject({
      revision: z.number().int(),
      changes: z.record(z.string().max(80), z.string().max(2_000).nullable()),
    }),
    reply: settingsView,
    kind: 'act',
  }),
  GET_EVENTS: command({
    about:
      'A page of the event log, newest first (oldest first with `after`); filtered by type, and searched in words and numbers.',
    payload: z
      .strictObject({
        engine: vaultName.optional(),
        before: z.number().int().min(0).optional(),
        after: z.number().int().min(0).optional(),
        limit: z.number().int().min(1).max(1_000),
        types: z.array(z.string().max(20)).max(20).optional(),
        search: z.string().max(100).optional(),
      })
      .refine(({ before, after }) => before === undefined || after === undefined, {
        message: 'a page goes either way, not both',
        path: ['after'],
      }),
    reply: z.strictObject({ events: z.array(eventEntry), more: z.boolean() }),
    kind: 'read',
  }),
  GET_SYSTEM_STATS: command({
    about: 'What the program itself uses and keeps.',
    payload: z.strictObject({}),
    reply: z.strictObject({
      appVersion: z.string(),
      uptimeMs: z.number(),
      memoryBytes: z.number(),
      heapBytes: z.number(),
      connections: z.number().int(),
      dataFolder: z.string(),
      databaseBytes: z.number(),
      runtime: z.string(),
      platform: z.string(),
      venues: z.array(venueStats),
    }),
    kind: 'read',
  }),
  EXPORT_HISTORY: command({
    about: 'Writes a history into a file of the data folder.',
    payload: z.strictObject({
      kind: z.enum(['events', 'ledger', 'fills', 'funding', 'equity']),
      format: z.enum(['csv', 'jsonl']),
    }),
    reply: z.strictObject({
      path: z.string(),
      rows: z.number().int(),
      bytes: z.number(),
      sha256: z.string(),
    }),
    kind: 'act',
  }),
  BACKUP: command({
    about: 'Writes a backup of everything that is kept.',
    payload: z.strictObject({}),
    reply: backupView,
    kind: 'act',
  }),
  LIST_BACKUPS: command({
    about: 'The backups, newest first.',
    payload: z.strictObject({}),
    reply: z.strictObject({ backups: z.array(backupView) }),
    kind: 'read',
  }),
  RESTORE: command({
    about: 'Goes back to a backup, after a backup of what is there now. Engines stop.',
    payload: z.strictObject({ backup: z.string().max(200) }),
    reply: z.strictObject({ restored: z.string(), before: z.string() }),
    kind: 'act',
  }),
  IMPORT_MARKET_FILE: command({
    about:
      'Takes a CSV of candles or funding for a recorded market, in pieces of text in order; checked when the last has come.',
    payload: z.strictObject({
      upload: z.uuid(),
      kind: z.enum(['candles', 'funding']),
      /** Characters before this piece. */
      offset: z.number().int().min(0),
      text: z.string().max(100_000),
      last: z.boolean(),
    }),
    reply: z.strictObject({
      received: z.number().int(),
      /** Null until the last piece. */
      file: z
        .strictObject({ sha256: z.string(), rows: z.number().int(), from: z.number(), to: z.number() })
        .nullable(),
    }),
    kind: 'act',
  }),
} as const;
