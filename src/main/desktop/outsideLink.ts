/**
 * The only places outside that a link may lead to: where a position or a transaction can be looked at, the code, and the
 * maker of the charts, whose licence asks for it.
 */
const HOSTS: ReadonlySet<string> = new Set([
  'app.drift.trade',
  'docs.drift.trade',
  'explorer.solana.com',
  'github.com',
  'solscan.io',
  'www.tradingview.com',
]);

/** The address to hand to the user's browser, or undefined for one that isn't opened. */
export function outsideLink(address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !HOSTS.has(url.host)) return undefined;
  return url.username === '' && url.password === '' ? url.href : undefined;
}
