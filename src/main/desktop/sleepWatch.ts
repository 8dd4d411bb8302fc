import { powerMonitor } from 'electron';
import type { Interruption } from '../../shared/contract/engineStatus.ts';
import type { Clock } from '../platform/clock.ts';

/** Hears from the operating system that the computer goes to sleep, that it slept, and that it shuts down. */
export function watchSleep(
  clock: Clock,
  sleeps: () => void,
  slept: (interruption: Interruption) => void,
  shutsDown: () => void,
): void {
  let since: number | undefined;
  powerMonitor.on('suspend', () => {
    since ??= clock.now();
    sleeps();
  });
  powerMonitor.on('resume', () => {
    // Without a beginning there is nothing to tell; the watch over the clocks has seen it.
    if (since !== undefined) slept({ cause: 'sleep', from: since, to: clock.now() });
    since = undefined;
  });
  // Electron gives an event that its types leave out; held, the computer waits for us a little.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    shutsDown();
  });
}
