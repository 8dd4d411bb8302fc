import type { EngineEventMessage, EngineStatusData } from '../../shared/contract/engineStatus.ts';
import type { BroadcastFrame } from '../../shared/contract/frames.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { liveEventWords } from '../../shared/words/liveEventWords.ts';
import { interruptionWords } from '../../shared/words/stateWords.ts';
import type { Output } from './output.ts';
import { Redrawn, newsOf, statusLine, statusLines } from './statusView.ts';

/** Where nothing can be drawn over, a status line every so much of the market's time. */
const LINE_EVERY_MS = 600_000;
const NEWS_KEPT = 8;

/** What a person at the terminal sees of the broadcasts: a block that is drawn over, or plain lines. */
export class TerminalScreen {
  readonly #output: Output;
  readonly #redrawn: Redrawn;
  readonly #news: string[] = [];
  #funding: FundingUpdateData | undefined;
  #status: EngineStatusData | undefined;
  #lineAt: number | undefined;

  constructor(output: Output) {
    this.#output = output;
    this.#redrawn = new Redrawn((text) => {
      output.out(text);
    });
  }

  get clock(): FundingUpdateData['clock'] {
    return this.#funding?.clock ?? null;
  }

  /** Whether the engine is up: the one key for both then stops it. */
  get runs(): boolean {
    return this.#status?.state === 'running' || this.#status?.state === 'waiting';
  }

  hear(frame: BroadcastFrame): void {
    if (frame.type === 'FUNDING_UPDATE') this.#funding = frame.data;
    else this.#hearStatus(frame.data);
    this.#show();
  }

  /** One more line of news. */
  say(line: string): void {
    this.#news.push(line);
    if (this.#news.length > NEWS_KEPT) this.#news.shift();
    if (!this.#output.isScreen) this.#output.out(`${line}\n`);
  }

  #hearStatus(status: EngineStatusData): void {
    this.#status = status;
    const { event, error } = status;
    if (event?.kind === 'log') {
      const line = newsOf(event.entry);
      if (line !== undefined) this.say(line);
    } else if (event?.kind === 'recovered') this.say(interruptionWords(event.interruption));
    else if (event === undefined && error !== undefined) this.say(`${error.code}: ${error.message}`);
    else if (event !== undefined) this.#sayLive(event);
  }

  #sayLive(event: EngineEventMessage): void {
    const words = liveEventWords(event);
    if (words !== undefined) this.say(`${words.title}: ${words.body}`);
  }

  #show(): void {
    const update = this.#funding;
    if (update === undefined) return;
    if (this.#output.isScreen) {
      this.#redrawn.draw(statusLines(update, this.#status, this.#news));
      return;
    }
    if (this.#lineAt !== undefined && update.timestamp - this.#lineAt < LINE_EVERY_MS) return;
    // Before the first minute there is nothing to say.
    if (this.#status === undefined || update.clock?.paused === true) return;
    this.#lineAt = update.timestamp;
    this.#output.out(`${statusLine(update)}\n`);
  }
}
