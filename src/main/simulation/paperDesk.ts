import { AppError } from '../../shared/contract/appError.ts';
import type { EngineState, Interruption } from '../../shared/contract/engineStatus.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import { HOUR_MS } from '../domain/funding.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import { Bell } from '../platform/bell.ts';
import { breathe } from '../platform/timers.ts';
import { BetweenSteps } from './betweenSteps.ts';
import { engineStateOf, isFlat, type DeskPhase } from './deskState.ts';
import type { TransferAction } from './lane.ts';
import type { OpenRun } from './openRun.ts';
import type { ClockShown, Pacer } from './pacer.ts';

/** SOS answers within 15 s; what isn't closed by then goes on being closed by the engine. */
const FLATTEN_WITHIN_MS = 12_000;

/** Whoever shows the desk. */
export interface DeskListener {
  /** Figures may have changed. */
  changed(): void;
  /** The state of the engine has changed. */
  stateChanged(): void;
  /** What was written to the event log; it is durable by now. */
  logged(entries: readonly LogEntry[]): void;
  recovered(interruption: Interruption): void;
}

export interface DeskParts {
  /** Opens the run that is kept, as it was last committed. */
  readonly open: (heard: (entry: LogEntry) => void) => OpenRun;
  readonly pacer: Pacer;
  readonly listener: DeskListener;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Makes of whatever was thrown an error that may be shown, and logs it where nobody expected it. */
  readonly explain: (error: unknown) => AppError;
}

/**
 * A paper vault at work: its run goes on in step with the wall, and everything that is asked of it is done between two
 * steps, when all of it is whole and durable.
 */
export class PaperDesk {
  readonly #parts: DeskParts;
  readonly #bell = new Bell();
  readonly #between: BetweenSteps;
  readonly #heard: LogEntry[] = [];
  readonly #loop: Promise<void>;
  #open: OpenRun;
  #phase: DeskPhase = 'stopped';
  #startedAt: number | null = null;
  #error: AppError | null = null;
  #shownState: EngineState | undefined;
  #closing = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#between = new BetweenSteps(() => {
      this.#bell.ring();
    });
    this.#open = this.#opened();
    this.#loop = this.#work();
  }

  /** The run as it stands. Whoever asks from outside a step uses {@link between}. */
  get open(): OpenRun {
    return this.#open;
  }

  get state(): EngineState {
    return engineStateOf(this.#phase, this.#open.run.parts.main.engine);
  }

  /** Since when the engine runs, Unix ms; null while it doesn't. */
  get startedAt(): number | null {
    return this.#startedAt;
  }

  get error(): AppError | null {
    return this.#error;
  }

  get clock(): ClockShown {
    return this.#parts.pacer.shown(this.#open.run.now);
  }

  /** Does something while no step is under way. */
  between<T>(work: (open: OpenRun) => T | Promise<T>): Promise<T> {
    return this.#between.ask(async () => {
      try {
        return await work(this.#open);
      } finally {
        this.#publish();
      }
    });
  }

  /** Throws ENGINE_ALREADY_RUNNING, HALTED. */
  start(): Promise<void> {
    return this.between(({ run }) => {
      if (run.parts.main.engine.halt !== 'none')
        throw new AppError('HALTED', 'SOS has halted the engine: release it first.');
      if (this.#phase === 'running')
        throw new AppError('ENGINE_ALREADY_RUNNING', 'The engine is already running.');
      this.#begin();
    });
  }

  /** Throws ENGINE_NOT_RUNNING. */
  stop(): Promise<void> {
    return this.between(({ run }) => {
      if (this.#phase !== 'running') throw new AppError('ENGINE_NOT_RUNNING', 'The engine is not running.');
      run.commit();
      this.#end();
    });
  }

  /** Reads everything back from the disk, and starts. */
  restart(): Promise<void> {
    return this.between(() => {
      this.#reopen(() => undefined);
      this.#begin();
    });
  }

  /**
   * Stops all trading; with `flatten` closes both legs, whether the engine runs or not. Returns whether nothing is held
   * any more; null where that was not asked for. An SOS that closes is not taken back by one that doesn't.
   */
  sos(flatten: boolean): Promise<boolean | null> {
    return this.between(async (open) => {
      const { engine } = open.run.parts.main;
      if (engine.halt !== 'flattening') open.setHalt(flatten ? 'flattening' : 'halted');
      this.#publish();
      if (!flatten) return null;
      const deadline = this.#parts.elapsed() + FLATTEN_WITHIN_MS;
      try {
        while (!isFlat(engine) && !open.run.finished && this.#parts.elapsed() < deadline) {
          await this.#step(open);
          await breathe();
        }
      } catch (error) {
        this.#fail(error);
        throw error;
      }
      return isFlat(engine);
    });
  }

  releaseSos(): Promise<void> {
    return this.between((open) => {
      open.setHalt('none');
    });
  }

  setClock(speed: number | 'pause' | 'nextFunding'): Promise<ClockShown> {
    return this.between(({ run }) => {
      const { pacer } = this.#parts;
      if (speed === 'pause') pacer.pause();
      else if (speed === 'nextFunding') pacer.rushUntil(run.now - (run.now % HOUR_MS) + HOUR_MS);
      else pacer.setSpeed(speed);
      return this.clock;
    });
  }

  /** Capital in or out. Throws what the rules say against it. */
  transfer(action: TransferAction, moved: AssetAmount): Promise<void> {
    return this.between(async ({ run }) => {
      const refusal = await run.transfer(action, moved);
      run.commit();
      if (refusal !== undefined) throw refusal;
    });
  }

  /** Takes in what the venue says. Throws where the vault and the venue disagree. */
  sync(): Promise<void> {
    return this.between(({ run }) => {
      run.parts.main.engine.sync();
      run.commit();
    });
  }

  /** The engine was not watched for a while: sync first, then go on (R11.5). */
  interrupted(interruption: Interruption): Promise<void> {
    return this.between(({ run }) => {
      if (this.#phase !== 'running') return;
      this.#phase = 'recovering';
      this.#publish();
      try {
        run.parts.main.engine.sync();
        run.commit();
        this.#parts.pacer.restart();
        this.#phase = 'running';
        this.#parts.listener.recovered(interruption);
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  /** Changes what is kept while no run is open on it, and opens what is there then. */
  rebuilt(change: (open: OpenRun) => void): Promise<void> {
    return this.between((open) => {
      this.#reopen(() => {
        change(open);
      });
    });
  }

  /** The same, and the engine stands still afterwards. */
  replaced(change: (open: OpenRun) => void): Promise<void> {
    return this.between((open) => {
      open.run.commit();
      if (this.#phase === 'running') this.#end();
      this.#reopen(() => {
        change(open);
      });
      this.#phase = 'stopped';
      this.#error = null;
    });
  }

  /** Goes on as before a restart: nobody is asked, nothing is written down. */
  resume(): void {
    this.#phase = 'running';
    this.#startedAt = this.#parts.now();
    this.#parts.pacer.restart();
    this.#bell.ring();
    this.#publish();
  }

  /** Ends the loop after the step that is under way. Everything is durable when it resolves. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#bell.ring();
    await this.#loop;
    this.#between.close(new AppError('ENGINE_NOT_RUNNING', 'The program is stopping.'));
    if (this.#phase !== 'error') this.#open.run.commit();
    this.#open.close();
  }

  async #work(): Promise<void> {
    for (;;) {
      await this.#between.takeAll();
      if (this.#closing) return;
      const wait = this.#phase === 'running' ? this.#parts.pacer.untilDue(this.#open.run.now) : null;
      if (wait === null) await this.#bell.wait();
      else if (wait > 0) await this.#bell.wait(wait);
      else await this.#stepOrFail();
    }
  }

  async #stepOrFail(): Promise<void> {
    try {
      await this.#step(this.#open);
      this.#parts.pacer.stepped(this.#open.run.now);
      if (this.#open.run.finished) this.#finish();
    } catch (error) {
      this.#fail(error);
    }
    this.#publish();
    await breathe();
  }

  async #step({ run }: OpenRun): Promise<void> {
    const work = run.advance();
    if (work !== undefined) await work;
    this.#publish();
  }

  #begin(): void {
    this.#open.storage.setRunning(true, this.#parts.now());
    this.#error = null;
    this.resume();
  }

  #end(): void {
    this.#open.storage.setRunning(false, this.#parts.now());
    this.#phase = 'stopped';
    this.#startedAt = null;
  }

  /** A recorded market has an end. */
  #finish(): void {
    const { run } = this.#open;
    const because = 'The recording has ended: the engine stops, and holds what it held.';
    run.parts.main.engine.note({ type: 'DECISION', action: 'ended', because, numbers: {} });
    run.commit();
    this.#end();
  }

  /** The state in memory may be half a step: what was acknowledged is read back from the disk. */
  #fail(error: unknown): void {
    this.#error = this.#parts.explain(error);
    this.#phase = 'error';
    this.#startedAt = null;
    this.#heard.length = 0;
    try {
      this.#open = this.#opened();
    } catch (again) {
      this.#parts.explain(again);
    }
  }

  #reopen(change: () => void): void {
    const wasError = this.#phase === 'error';
    if (!wasError) this.#open.run.commit();
    this.#publish();
    try {
      change();
    } finally {
      this.#open = this.#opened();
    }
    if (wasError) this.#phase = 'stopped';
    this.#error = null;
  }

  #opened(): OpenRun {
    return this.#parts.open((entry) => {
      this.#heard.push(entry);
    });
  }

  /** Tells what has changed. Lines of the log are told once they are durable, and no earlier. */
  #publish(): void {
    const { listener } = this.#parts;
    const { store } = this.#open.run.parts;
    if (this.#heard.length > 0 && !store.pending) listener.logged(this.#heard.splice(0));
    if (this.state !== this.#shownState) {
      this.#shownState = this.state;
      listener.stateChanged();
    }
    listener.changed();
  }
}
