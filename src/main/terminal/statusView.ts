import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import type { EngineStatusData } from '../../shared/contract/engineStatus.ts';
import { STATE_WORDS } from '../../shared/words/stateWords.ts';
import { textIn, type LogEntry } from '../engine/eventLog.ts';
import { dollars, when } from './reportTable.ts';

const ESCAPE = '\u001B[';
const PAPER = `${ESCAPE}30;43m PAPER ${ESCAPE}0m`;
const BOLD = (text: string): string => `${ESCAPE}1m${text}${ESCAPE}0m`;
const DIM = (text: string): string => `${ESCAPE}2m${text}${ESCAPE}0m`;
const HOUR_MS = 3_600_000;

/** The live status view: a block of lines that is drawn over itself. */
export function statusLines(
  update: FundingUpdateData,
  status: EngineStatusData | undefined,
  news: readonly string[],
): readonly string[] {
  const { pnl, comparison } = update;
  const average =
    update.fundingAverageApr === null ? 'no history yet' : `average ${update.fundingAverageApr.toFixed(2)} %`;
  return [
    `${PAPER}  ${BOLD(when(update.timestamp))}  ${paceText(update)}  ${stateText(update, status)}`,
    '',
    row('SOL', dollars(update.solPrice), 'funding', `${update.fundingApr.toFixed(2)} % a year (${average})`),
    row('spot', `${update.spotSol} SOL`, 'health', `${update.health.toFixed(2)} %`),
    row(
      'perp',
      `${update.perpSol} SOL`,
      'leverage',
      update.leverage === null ? '∞' : `${update.leverage.toFixed(2)}x`,
    ),
    row('drift', driftText(update), 'break-even', breakEvenText(update.breakEvenMs)),
    row('equity', dollars(update.equity), 'cooldown', cooldownText(update.cooldownRemainingMs)),
    '',
    row('PnL', BOLD(dollars(pnl.total)), 'funding', dollars(pnl.funding)),
    row('', '', 'interest', dollars(pnl.interest)),
    row('never exiting', compared(comparison?.neverLeaving), 'price', dollars(pnl.price)),
    row('just holding', compared(comparison?.justHolding), 'slippage', dollars(pnl.slippage)),
    row('', '', 'fees', dollars(pnl.fees)),
    '',
    ...news.map((line) => DIM(line)),
    '',
    DIM(
      '[1] 1x  [2] 60x  [3] 3600x  [space] pause  [n] next funding  [s] start, stop  [x] SOS  [X] SOS and close  [r] release  [q] quit',
    ),
  ];
}

/** The same for where nothing can be drawn over: one line. */
export function statusLine(update: FundingUpdateData): string {
  return [
    `PAPER ${when(update.timestamp)} ${paceText(update)}`,
    `SOL ${dollars(update.solPrice)}`,
    `spot ${update.spotSol}`,
    `perp ${update.perpSol}`,
    `drift ${driftText(update)}`,
    `health ${update.health.toFixed(1)} %`,
    `funding ${update.fundingApr.toFixed(1)} % a year`,
    `equity ${dollars(update.equity)}`,
    `PnL ${dollars(update.pnl.total)}`,
  ].join(' | ');
}

function paceText({ clock }: FundingUpdateData): string {
  if (clock === null) return '';
  if (clock.paused) return 'paused';
  return clock.rushing ? 'on to the next funding' : `${clock.speed}x`;
}

function stateText({ target }: FundingUpdateData, status: EngineStatusData | undefined): string {
  if (status === undefined) return '';
  const { word } = STATE_WORDS[status.state];
  return status.state === 'running' ? `${word}, ${target}` : word;
}

const compared = (pnl: string | null | undefined): string =>
  pnl === undefined || pnl === null ? '–' : dollars(pnl);

/** What the engine did and why, or undefined for lines that are only accounting. */
export function newsOf({ t, type, data }: LogEntry): string | undefined {
  if (type === 'FILL') {
    const side = data['side'] === 'buy' ? 'bought' : 'sold';
    return `${when(t)}  ${side} ${textIn(data, 'size')} ${textIn(data, 'market')} at ${dollars(textIn(data, 'price'))}`;
  }
  if (type !== 'DECISION' && type !== 'BLOCKED' && type !== 'ALERT') return undefined;
  if (data['action'] === 'trade') return undefined;
  const what = type === 'DECISION' ? textIn(data, 'action') : `${type} ${textIn(data, 'code')}`;
  return `${when(t)}  ${what}: ${textIn(data, 'because')}`;
}

/** Draws lines over the ones drawn before. */
export class Redrawn {
  readonly #write: (text: string) => void;
  #height = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  draw(lines: readonly string[]): void {
    const up = this.#height === 0 ? '' : `${ESCAPE}${this.#height}A`;
    this.#write(`${up}${lines.map((line) => `${ESCAPE}2K${line}\n`).join('')}${ESCAPE}J`);
    this.#height = lines.length;
  }
}

function row(name: string, text: string, other: string, otherText: string): string {
  // Escape sequences take no room on the screen, so they must not count as width.
  const shown = text.replaceAll(`${ESCAPE}1m`, '').replaceAll(`${ESCAPE}0m`, '');
  return `${name.padEnd(14)}${' '.repeat(Math.max(0, 18 - shown.length))}${text}    ${other.padEnd(11)}${otherText}`;
}

/** Drift says nothing while the engine holds no hedge. */
function driftText({ target, driftPct }: FundingUpdateData): string {
  return target === 'hedged' ? `${driftPct.toFixed(2)} %` : '–';
}

function breakEvenText(ms: number | null): string {
  return ms === null ? 'not at this rate' : `${(ms / (24 * HOUR_MS)).toFixed(1)} days`;
}

function cooldownText(ms: number): string {
  return ms === 0 ? 'ready' : `${Math.ceil(ms / 60_000)} min left`;
}
