const UNITS = /(?:Pct|Ms|Usd|Sol)$/;
const WORDS: Readonly<Record<string, string>> = {
  usdc: 'USDC',
  sol: 'SOL',
  apr: 'APR',
  btc: 'BTC',
  eth: 'ETH',
};

/** A setting's name as words, without its unit: "engine.deltaTolerancePct" is "Delta tolerance". */
export function labelOf(name: string): string {
  const own = name.slice(name.lastIndexOf('.') + 1).replace(UNITS, '');
  const words = own
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
    .map((word) => WORDS[word] ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
