import type { WebContents } from 'electron';
import { FRAME_TO_PAGE } from '../../shared/contract/bridge.ts';
import type { Carrier, CloseReason } from '../commands/carrier.ts';
import { Receipts } from './receipts.ts';

/** Frames to one load of the page, over IPC. */
export class PageCarrier implements Carrier {
  readonly #contents: Pick<WebContents, 'isDestroyed' | 'send'>;
  readonly #closed: (reason: CloseReason) => void;
  readonly #receipts = new Receipts();
  #isOpen = true;

  /** @param closed told once when the program ends the connection */
  constructor(contents: Pick<WebContents, 'isDestroyed' | 'send'>, closed: (reason: CloseReason) => void) {
    this.#contents = contents;
    this.#closed = closed;
  }

  send(text: string): void {
    if (!this.#isOpen || this.#contents.isDestroyed()) return;
    try {
      this.#contents.send(FRAME_TO_PAGE, text);
      this.#receipts.sent(Buffer.byteLength(text));
    } catch {
      // The page's process went between the question and the call. Its end is told by an event of its own.
    }
  }

  get waitingBytes(): number {
    return this.#receipts.waitingBytes;
  }

  /** The page has taken the oldest frame. */
  taken(): void {
    this.#receipts.taken();
  }

  close(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closed(reason);
  }
}
