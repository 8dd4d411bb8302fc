import type { RunReport } from '../simulation/report.ts';

const WIDTH = 24;

/** A report for people: a table of plain lines, money to the cent. */
export function reportTable(report: RunReport): string {
  const { pnl, neverExiting, justHolding, rebalances, skipped } = report;
  const blocked = Object.entries(report.blocked).map(([code, n]) => `${code} ${n}`);
  const rows: readonly (readonly [string, string])[] = [
    ['from', when(report.from)],
    ['to', when(report.to)],
    ['seed', String(report.seed)],
    ['', ''],
    ['equity at the start', `${dollars(report.equityStart)}, the 0.1 SOL for gas included`],
    ['equity at the end', dollars(report.equityEnd)],
    ['net transfers', dollars(report.netTransfers)],
    ['', ''],
    ['funding', dollars(pnl.funding)],
    ['price', dollars(pnl.price)],
    ['fees', dollars(pnl.fees)],
    ['slippage', dollars(pnl.slippage)],
    ['interest', dollars(pnl.interest)],
    ['PnL', dollars(pnl.total)],
    ['never exiting', dollars(neverExiting.pnlTotal)],
    ['just holding SOL', dollars(justHolding.pnlTotal)],
    ['', ''],
    ['entries, exits', `${report.entries}, ${report.exits}`],
    ['fills', String(report.trades)],
    ['corrections up, down', `${rebalances.up}, ${rebalances.down}`],
    ['skipped', `${skipped.cooldown} cooldown, ${skipped.minimum} minimum`],
    ['blocked', blocked.length === 0 ? 'none' : blocked.join(', ')],
    ['funding payments', String(report.fundingPayments)],
    ['settlements', String(report.settlements)],
    ['', ''],
    ['lowest health', `${report.minHealth.toFixed(2)} %`],
    ['highest leverage', report.maxLeverage === null ? '∞' : `${report.maxLeverage.toFixed(2)}x`],
    ['largest drift', `${report.maxDriftPct.toFixed(2)} %`],
    ['most unhedged', dollars(report.maxUnhedgedUsd)],
    ['longest unhedged', `${report.maxUnhedgedMs / 1_000} s`],
    ['deepest drawdown', `${report.maxDrawdownPct.toFixed(2)} %`],
    ['liquidated', report.liquidated ? 'yes' : 'no'],
    ['', ''],
    ['steps', `${report.steps} in ${(report.elapsedMs / 1_000).toFixed(1)} s`],
    ['event log SHA-256', report.eventLogHash],
  ];
  return `${rows.map(([name, text]) => (name === '' ? '' : `${name.padEnd(WIDTH)}${text}`)).join('\n')}\n`;
}

/** An exact decimal as dollars and cents, rounded to the nearest cent. */
export function dollars(exactText: string): string {
  const amount = Number(exactText);
  const text = Math.abs(amount).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${amount < 0 && text !== '0.00' ? '−' : ''}$${text}`;
}

export const when = (t: number): string => new Date(t).toISOString().replace('T', ' ').slice(0, 16) + ' UTC';
