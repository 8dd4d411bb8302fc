import { ownPath } from './appAddress.ts';

/** Who sent a message, as far as it can be told: a frame may have gone since. */
export interface Sender {
  readonly isMainFrame: boolean;
  readonly address: string;
}

/** Why a message isn't listened to; undefined for one from our own page. */
export function whyNotListen(sender: Sender | undefined): string | undefined {
  if (sender === undefined) return 'the frame that sent it is gone';
  if (!sender.isMainFrame) return 'it came from a frame within the page';
  return ownPath(sender.address) === undefined ? 'it came from another origin' : undefined;
}
