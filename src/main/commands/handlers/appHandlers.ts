import type { Database } from 'better-sqlite3';
import { AppError } from '../../../shared/contract/appError.ts';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import { exportLines } from '../../simulation/historyExport.ts';
import { storageOf } from '../../simulation/openRun.ts';
import { COLUMNS, csvLine, historyRows } from '../../simulation/historyRows.ts';
import type { MarketFiles } from '../../simulation/marketFiles.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import type { SettingsDesk } from '../../simulation/settingsDesk.ts';
import type { VaultKeeper } from '../../simulation/vaultKeeper.ts';
import { preciseStampOf } from '../../storage/backup.ts';
import type { VenueAccess } from '../../market/access/venueAccess.ts';
import type { OpenFolder } from '../../storage/openFolder.ts';
import { VaultRepository } from '../../storage/vaultRepository.ts';
import type { Broadcaster } from '../broadcaster.ts';
import type { VaultRecords } from '../../engine/vaultRecords.ts';
import type { LiveDesk } from '../../live/liveDesk.ts';
import type { Handlers } from '../handlers.ts';
import { refuseCancelled } from '../operations.ts';

export interface AppHandlerParts {
  readonly desk: PaperDesk;
  readonly live: LiveDesk;
  readonly settings: SettingsDesk;
  readonly keeper: VaultKeeper;
  readonly files: MarketFiles;
  readonly folder: OpenFolder;
  readonly broadcaster: Broadcaster;
  readonly access: VenueAccess;
  readonly appVersion: string;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** How long the program has run. */
  readonly uptimeMs: () => number;
}

type Names =
  | 'GET_SETTINGS'
  | 'UPDATE_SETTINGS'
  | 'GET_EVENTS'
  | 'GET_SYSTEM_STATS'
  | 'EXPORT_HISTORY'
  | 'BACKUP'
  | 'LIST_BACKUPS'
  | 'RESTORE'
  | 'IMPORT_MARKET_FILE';

export function appHandlers(parts: AppHandlerParts): Pick<Handlers, Names> {
  const { desk, live, settings, keeper, files, folder, broadcaster, now } = parts;
  return {
    GET_SETTINGS: () => settings.view(),
    UPDATE_SETTINGS: ({ revision, changes }) => settings.change(changes, revision),
    GET_EVENTS: ({ engine, before, after, limit, types, search }) => {
      const page = (storage: VaultRecords) => {
        const lines = storage.eventPage({ before, after, types, search }, limit + 1);
        return {
          events: lines.slice(0, limit).map((line) => JSON.parse(line) as EventEntry),
          more: lines.length > limit,
        };
      };
      const { session } = live;
      if (session === undefined) return desk.between((open) => page(storageOf(open, engine)));
      // Live, nothing is traded by hand: there are no events of it.
      return engine === 'manual' ? { events: [], more: false } : page(session.storage);
    },
    GET_SYSTEM_STATS() {
      const { rss, heapUsed } = process.memoryUsage();
      return {
        appVersion: parts.appVersion,
        uptimeMs: parts.uptimeMs(),
        memoryBytes: rss,
        heapBytes: heapUsed,
        connections: broadcaster.connections,
        dataFolder: folder.path,
        databaseBytes: folder.bytes,
        runtime:
          process.versions['electron'] === undefined
            ? `Node.js ${process.versions.node}`
            : `Electron ${process.versions['electron']}`,
        platform: `${process.platform} ${process.arch}`,
        venues: [parts.access.stats()],
      };
    },
    async EXPORT_HISTORY({ kind, format }, { signal, progress }) {
      const open = await desk.between((open) => {
        open.run.commit();
        return open;
      });
      const { generation } = desk;
      const columns = COLUMNS[kind];
      const line =
        format === 'csv' ? (row: Parameters<typeof csvLine>[1]) => csvLine(columns, row) : JSON.stringify;
      const name = `${preciseStampOf(now())}-${kind}.${format}`;
      // The lines of the event log as they are hashed, byte for byte.
      const raw = kind === 'events' && format === 'jsonl';
      const rows = raw ? open.storage.eventLines() : mapped(historyRows(open, kind), line);
      const overtaken = (): void => {
        if (desk.generation === generation) return;
        throw new AppError('CANCELLED', 'The vault was begun anew meanwhile. Export it again.');
      };
      try {
        return await exportLines(
          folder.path,
          name,
          format === 'csv' ? columns.join(',') : undefined,
          rows,
          (done) => {
            refuseCancelled(signal);
            overtaken();
            progress(done, 0);
          },
        );
      } catch (error) {
        // What was read page by page is gone, in whatever way that shows.
        overtaken();
        throw error;
      }
    },
    BACKUP: () => keeper.backUp(),
    LIST_BACKUPS: () => ({ backups: [...keeper.backups()] }),
    async RESTORE({ backup }) {
      refuseLiveVault(folder.db);
      return { restored: backup, before: await keeper.restore(backup) };
    },
    IMPORT_MARKET_FILE: ({ upload, kind, offset, text, last }) =>
      files.receive(upload, kind, { offset, text, last }),
  };
}

function* mapped<T>(rows: Iterable<T>, line: (row: T) => string): Generator<string> {
  for (const row of rows) yield line(row);
}

/** A backup knows nothing of the trades since: real ones can't be taken back, and their record must not be. */
function refuseLiveVault(db: Database): void {
  const live = new VaultRepository(db).all().find(({ mode }) => mode === 'live');
  if (live === undefined) return;
  throw new AppError(
    'NOT_SUPPORTED',
    'A live vault is kept here, and a backup would take back the record of its trades. Restore into a new data folder.',
    { venue: live.venue, subAccount: live.subAccount },
  );
}
