/** A half circle from left (0 %) to right (100 %), drawn in a box of 200 × 108 with its centre at (100, 100). */
const CENTRE = 100;

/** A point on the half circle of `radius`, at `percent` of its way. */
export function arcPoint(percent: number, radius: number): { readonly x: number; readonly y: number } {
  const angle = Math.PI * (1 - percent / 100);
  return { x: CENTRE + radius * Math.cos(angle), y: CENTRE - radius * Math.sin(angle) };
}

/** The SVG path of the arc between two percentages. */
export function arcPath(from: number, to: number, radius: number): string {
  const start = arcPoint(from, radius);
  const end = arcPoint(to, radius);
  return `M ${fixed(start.x)} ${fixed(start.y)} A ${radius} ${radius} 0 0 1 ${fixed(end.x)} ${fixed(end.y)}`;
}

const fixed = (coordinate: number): string => coordinate.toFixed(2);

/** Between 0 and 100, whatever arrives. */
export const clampPercent = (percent: number): number => Math.min(100, Math.max(0, percent));
