import { Notification } from 'electron';
import type { Clock } from '../platform/clock.ts';
import { NoticeGate, type Notice } from './notice.ts';

/** Shows notices through the operating system. A click brings the window. */
export class NoticeBoard {
  readonly #gate = new NoticeGate();
  readonly #clock: Clock;
  readonly #clicked: () => void;
  /** A notification that nobody refers to is collected, and its click is lost. */
  readonly #standing = new Set<Notification>();

  constructor(clock: Clock, clicked: () => void) {
    this.#clock = clock;
    this.#clicked = clicked;
  }

  show(notice: Notice): void {
    const shown = this.#gate.admit(notice, this.#clock.now());
    if (shown !== undefined) this.say(shown.title, shown.body, shown.isUrgent);
  }

  say(title: string, body: string, isUrgent = false): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body, urgency: isUrgent ? 'critical' : 'normal' });
    this.#standing.add(notification);
    notification.on('click', () => {
      this.#standing.delete(notification);
      this.#clicked();
    });
    notification.on('close', () => {
      this.#standing.delete(notification);
    });
    notification.show();
  }
}
