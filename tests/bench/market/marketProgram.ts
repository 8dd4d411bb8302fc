import type { Glance, Program } from '../../../src/main/app.ts';
import { Broadcaster } from '../../../src/main/commands/broadcaster.ts';
import type { Carrier, Session } from '../../../src/main/commands/carrier.ts';
import { ClientSession } from '../../../src/main/commands/clientSession.ts';
import { Dispatcher } from '../../../src/main/commands/dispatcher.ts';
import { explained } from '../../../src/main/commands/explained.ts';
import type { Handlers } from '../../../src/main/commands/handlers.ts';
import { STREAM_HANDLERS } from '../../../src/main/commands/handlers/streamHandlers.ts';
import { notSupported } from '../../../src/main/commands/notSupported.ts';
import { Operations } from '../../../src/main/commands/operations.ts';
import type { StreamSource } from '../../../src/main/commands/streams/streamSource.ts';
import { stopwatch, wallClock } from '../../../src/main/platform/clock.ts';
import { randomId } from '../../../src/main/platform/ids.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { realSchedule } from '../../../src/main/platform/schedule.ts';
import { AnswerRepository } from '../../../src/main/storage/answerRepository.ts';
import { openDatabase } from '../../../src/main/storage/database.ts';
import { COMMANDS } from '../../../src/shared/contract/commands.ts';
import { NO_WALLETS } from '../../support/noWallets.ts';

const OTHERS = Object.fromEntries(
  Object.keys(COMMANDS).map((name) => [name, notSupported(name)]),
) as unknown as Handlers;

/** What carries streams in the program, put together as the program does, with a market of the benchmark's own behind it. */
export class MarketProgram implements Program {
  readonly instanceId = randomId();
  readonly dataDir = '/nowhere';
  readonly resumedAt = 0;
  readonly log = silentLogger;
  readonly wallets = NO_WALLETS;
  /** What nobody expected. */
  readonly unexpected: unknown[] = [];
  readonly #broadcaster: Broadcaster;
  readonly #dispatcher: Dispatcher;
  readonly #source: StreamSource;

  constructor(source: StreamSource) {
    this.#source = source;
    const now = (): number => wallClock.now();
    const db = openDatabase(':memory:', { now: now() });
    this.#broadcaster = new Broadcaster({
      instanceId: this.instanceId,
      funding: () => null,
      explain: this.#explain,
      now,
      elapsed: stopwatch,
    });
    this.#dispatcher = new Dispatcher({
      handlers: { ...OTHERS, ...STREAM_HANDLERS },
      operations: new Operations({ nextId: randomId, now, reported: () => undefined }),
      answers: () => new AnswerRepository(db),
      now,
      explain: this.#explain,
    });
  }

  connect(carrier: Carrier): Session {
    const streams = {
      source: this.#source,
      schedule: realSchedule,
      nextId: randomId,
      now: () => wallClock.now(),
      elapsed: stopwatch,
      explain: this.#explain,
    };
    const { elapsed } = streams;
    return new ClientSession(carrier, {
      broadcaster: this.#broadcaster,
      dispatcher: this.#dispatcher,
      streams,
      elapsed,
    });
  }

  glance(): Glance {
    throw new Error('Nobody looks at it.');
  }

  onStatus(): () => void {
    return () => undefined;
  }

  sos(): Promise<void> {
    return Promise.resolve();
  }

  releaseSos(): Promise<void> {
    return Promise.resolve();
  }

  interrupted(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#dispatcher.close();
    await this.#broadcaster.close();
  }

  readonly #explain = (error: unknown) => {
    this.unexpected.push(error);
    return explained(error, this.log, randomId);
  };
}
