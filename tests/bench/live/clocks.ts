/** Unix ms with fractions: one clock for all processes of a computer, fine enough to subtract. */
export const preciseTime = (): number => performance.timeOrigin + performance.now();
