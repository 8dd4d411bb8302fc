import type { IpcMainEvent, WebContents } from 'electron';
import { FRAME_TO_PAGE, FRAME_TO_PROGRAM } from '../../shared/contract/bridge.ts';
import { MAX_FRAME_BYTES } from '../../shared/contract/protocol.ts';
import type { Program } from '../app.ts';
import type { CloseReason, Session } from '../commands/carrier.ts';
import { PageCarrier } from './pageCarrier.ts';
import { whyNotListen } from './pageSender.ts';

interface Connection {
  readonly carrier: PageCarrier;
  readonly session: Session;
}

/**
 * The IPC of one window's contents. Each load of the page is a connection of its own: it begins when the page begins to
 * listen, and ends with the next load, with its process, or when the program ends it. What it has begun goes on.
 */
export class PageChannel {
  readonly #contents: WebContents;
  readonly #program: Program;
  readonly #ended: (reason: CloseReason) => void;
  #connection: Connection | undefined;

  /** @param ended told when the program has ended a connection; the page can't go on without a new load */
  constructor(contents: WebContents, program: Program, ended: (reason: CloseReason) => void) {
    this.#contents = contents;
    this.#program = program;
    this.#ended = ended;
    contents.ipc.on(FRAME_TO_PROGRAM, (event, message: unknown) => {
      if (this.#isOurs(event)) this.#receive(message);
    });
    contents.ipc.on(FRAME_TO_PAGE, (event, message: unknown) => {
      if (!this.#isOurs(event)) return;
      if (message === 'listening') this.#begin();
      else this.#connection?.carrier.taken();
    });
    contents.once('destroyed', () => {
      this.end();
    });
  }

  #isOurs({ senderFrame }: IpcMainEvent): boolean {
    const sender =
      senderFrame === null || senderFrame.detached
        ? undefined
        : { isMainFrame: senderFrame === this.#contents.mainFrame, address: senderFrame.url };
    const why = whyNotListen(sender);
    if (why !== undefined)
      this.#program.log.warn('a message was dropped', { why, address: sender?.address ?? '' });
    return why === undefined;
  }

  #receive(message: unknown): void {
    if (typeof message !== 'string') {
      this.#program.log.warn('a message was dropped', { why: 'it is no text' });
      return;
    }
    this.#connection ??= this.#connect();
    // UTF-16 never has more units than UTF-8 has bytes, so a giant is refused without being counted.
    if (message.length > MAX_FRAME_BYTES || Buffer.byteLength(message) > MAX_FRAME_BYTES)
      this.#connection?.carrier.close('tooLarge');
    else this.#connection?.session.receive(message);
  }

  #begin(): void {
    this.end();
    this.#connection = this.#connect();
  }

  /** The program may refuse while it closes. */
  #connect(): Connection | undefined {
    const carrier = new PageCarrier(this.#contents, (reason) => {
      this.end();
      this.#ended(reason);
    });
    try {
      return { carrier, session: this.#program.connect(carrier) };
    } catch (error) {
      this.#program.log.warn('the page could not be connected', { error });
      return undefined;
    }
  }

  /** The page is gone. */
  end(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.session.ended();
  }
}
