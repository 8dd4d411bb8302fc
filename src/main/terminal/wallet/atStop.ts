const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Tidies up at the first signal that ends the program, which has to end by it all the same: `endBy`. What is given back
 * takes that back.
 */
export function atStop(tidy: (endBy: () => void) => void): () => void {
  const heard = (signal: NodeJS.Signals): void => {
    forget();
    tidy(() => process.kill(process.pid, signal));
  };
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, heard);
  };
  for (const signal of SIGNALS) process.on(signal, heard);
  return forget;
}
