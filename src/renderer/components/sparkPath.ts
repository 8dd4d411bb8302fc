const MARGIN = 2;

/** The SVG path of values in a box; a flat line runs through its middle. Empty for fewer than two values. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return '';
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const span = highest - lowest;
  const step = (width - 2 * MARGIN) / (values.length - 1);
  return values
    .map((value, at) => {
      const share = span === 0 ? 0.5 : (value - lowest) / span;
      const y = height - MARGIN - share * (height - 2 * MARGIN);
      return `${at === 0 ? 'M' : 'L'}${(MARGIN + at * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
