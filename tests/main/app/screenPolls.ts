import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import type { CommandName } from '../../../src/shared/contract/commands.ts';

const RENDERER = path.join(import.meta.dirname, '../../../src/renderer');
const END_OF_TIME = 8_640_000_000_000_000;
const MARKET = 'SOL-PERP';
const TICKET = { market: MARKET, side: 'buy', size: '1', type: 'market' };

/** What a screen asks for, and again every so often. */
export interface Poll {
  readonly command: CommandName;
  readonly payload: unknown;
  /** Null: once, when it is opened. */
  readonly everyMs: number | null;
}

interface Asking {
  /** Beneath the renderer. */
  readonly file: string;
  /** The constant that says how often; null for what is asked once. */
  readonly every: string | null;
  readonly command: CommandName;
  readonly payload: unknown;
}

/** Every question that a screen repeats, and the candles that the Trade screen opens with. */
const ASKED: readonly Asking[] = [
  {
    file: 'live/useEquityCurve.ts',
    every: 'READ_EVERY_MS',
    command: 'GET_EQUITY_CURVE',
    payload: { engine: 'funding', from: 0, to: END_OF_TIME, points: 800 },
  },
  {
    file: 'screens/vault/useVault.ts',
    every: 'EVERY_MS',
    command: 'GET_ENGINE_VAULT',
    payload: { engine: 'funding' },
  },
  {
    file: 'screens/vault/useLedgerPage.ts',
    every: 'EVERY_MS',
    command: 'GET_LEDGER',
    payload: { engine: 'funding', limit: 25 },
  },
  {
    file: 'screens/events/useEventPage.ts',
    every: 'SEARCH_EVERY_MS',
    command: 'GET_EVENTS',
    payload: { limit: 50, search: 'order' },
  },
  { file: 'screens/live/useStanding.ts', every: 'EVERY_MS', command: 'GET_CONFIRMATIONS', payload: {} },
  { file: 'screens/settings/SystemPanel.tsx', every: 'EVERY_MS', command: 'GET_SYSTEM_STATS', payload: {} },
  { file: 'screens/trade/marketSpec.ts', every: 'READ_EVERY_MS', command: 'GET_MARKETS', payload: {} },
  {
    file: 'screens/trade/MarketHeader.tsx',
    every: 'STATS_EVERY_MS',
    command: 'GET_MARKET_STATS',
    payload: { market: MARKET },
  },
  {
    file: 'screens/trade/CandlePanel.tsx',
    every: 'FILLS_EVERY_MS',
    command: 'GET_FILLS',
    payload: { limit: 200, market: MARKET },
  },
  { file: 'screens/trade/usePreview.ts', every: 'EVERY_MS', command: 'PREVIEW_ORDER', payload: TICKET },
  {
    file: 'screens/trade/HistoryTab.tsx',
    every: 'EVERY_MS',
    command: 'GET_ORDER_HISTORY',
    payload: { limit: 25 },
  },
  { file: 'screens/trade/FillsTab.tsx', every: 'EVERY_MS', command: 'GET_FILLS', payload: { limit: 25 } },
  { file: 'screens/trade/StatsTab.tsx', every: 'EVERY_MS', command: 'GET_TRADING_STATS', payload: {} },
  {
    file: 'screens/trade/useCandles.ts',
    every: null,
    command: 'GET_CANDLES',
    payload: { market: MARKET, resolution: '1m', from: 0, to: END_OF_TIME, limit: 500 },
  },
];

/** What asks for others. */
const ASKS_FOR_OTHERS = 'screens/trade/useRead.ts';

/** The screens' own polls, each as often as its source says. Throws where a screen no longer says so. */
export const screenPolls = (): readonly Poll[] =>
  ASKED.map(({ file, every, command, payload }) => {
    const source = readFileSync(path.join(RENDERER, file), 'utf8');
    const asks = source.includes(`'${command}'`);
    const said = every === null ? null : new RegExp(`const ${every} = ([\\d_]+);`).exec(source)?.[1];
    if (!asks || said === undefined) throw new Error(`${file} does not ask ${command} every ${every}.`);
    return { command, payload, everyMs: said === null ? null : Number(said.replaceAll('_', '')) };
  });

/** Files of the renderer that ask again and again, and are not in the table above. */
export const unlistedPolls = (): readonly string[] => {
  const listed = new Set([ASKS_FOR_OTHERS, ...ASKED.map(({ file }) => file)]);
  return readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.tsx?$/.test(file) && !listed.has(file))
    .filter((file) => /refetchInterval:|useRead\(/.test(readFileSync(path.join(RENDERER, file), 'utf8')));
};
