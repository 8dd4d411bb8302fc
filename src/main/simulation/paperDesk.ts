import { AppError } from '../../shared/contract/appError.ts';
import type { EngineState, Interruption } from '../../shared/contract/engineStatus.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import { HOUR_MS } from '../domain/funding.ts';
import type { Halt } from '../engine/view.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import { BEAT_MS } from '../venues/paper/exchange/exchange.ts';
import { Bell } from '../platform/bell.ts';
import { breathe } from '../platform/timers.ts';
import { BetweenSteps } from './betweenSteps.ts';
import { isFlat } from '../engine/flat.ts';
import { engineStateOf, type DeskPhase } from './deskState.ts';
import { KeptRun, type KeptRunParts } from './keptRun.ts';
import type { TransferAction } from './lane.ts';
import { isRefusal, keepManual, stopManual } from './manual/manualTurn.ts';
import type { ManualSide, OpenRun } from './openRun.ts';
import type { ClockShown, Pacer } from './pacer.ts';

/** SOS answers within 15 s; what isn't closed by then goes on being closed by the engine. */
const FLATTEN_WITHIN_MS = 12_000;

/** Who trades by hand sees the market move at most so often. */
const LEAST_BEAT_MS = 100;
/** Whoever shows the desk. */
export interface DeskListener {
  /** Figures may have changed. */
  changed(): void;
  /** The state of the engine has changed. */
  stateChanged(): void;
  /** What was written to the event log; it is durable by now. */
  logged(entries: readonly LogEntry[]): void;
  /** What was blocked, or is to be known, of what is traded by hand; it is durable by now. */
  byHand(entries: readonly LogEntry[]): void;
  recovered(interruption: Interruption): void;
}

export interface DeskParts extends KeptRunParts {
  /** Writes an SOS down where no run can be opened that would obey it: the next one that can finds it. */
  readonly haltUnread: (halt: Halt) => void;
  readonly pacer: Pacer;
  readonly listener: DeskListener;
  /** Told that what is traded by hand may have moved; everything of it is durable by now. */
  readonly handMoved: () => void;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
}

/**
 * A paper vault at work: its run goes on in step with the wall, and everything that is asked of it is done between two
 * steps, when all of it is whole and durable.
 */
export class PaperDesk {
  readonly #parts: DeskParts;
  readonly #bell = new Bell();
  readonly #between: BetweenSteps;
  readonly #kept: KeptRun;
  readonly #loop: Promise<void>;
  #phase: DeskPhase = 'stopped';
  #startedAt: number | null = null;
  #error: AppError | null = null;
  /** An SOS that the disk has refused so far: it holds all the same, whatever is read back. */
  #unwritten: Halt = 'none';
  /** Whether the vault could not be read when it was last tried. */
  #isLost = false;
  #generation = 0;
  readonly #handListeners: (() => void)[] = [];
  #shownState: EngineState | undefined;
  #closing = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#between = new BetweenSteps(parts.elapsed, () => {
      this.#bell.ring();
    });
    this.#kept = new KeptRun({ ...parts, open: (heard) => this.#opened(heard) });
    if (this.#kept.run === undefined) this.#lose();
    this.#loop = this.#work();
  }

  /** The run as it stands; undefined while it can't be read. Whoever asks from outside a step uses {@link between}. */
  get open(): OpenRun | undefined {
    return this.#kept.run;
  }

  /** Whether nobody has begun yet: the vault is the demo's, its engine was never started, and nothing done by hand. */
  get isFresh(): boolean {
    const { run } = this.#kept;
    if (run === undefined || run.run.step > 0 || run.storage.running() !== undefined) return false;
    return run.manual?.lane.vault.isOpen !== true;
  }

  get state(): EngineState {
    const { run } = this.#kept;
    return run === undefined ? 'error' : engineStateOf(this.#phase, run.run.parts.main.engine);
  }

  /** Since when the engine runs, Unix ms; null while it doesn't. */
  get startedAt(): number | null {
    return this.#startedAt;
  }

  get error(): AppError | null {
    return this.#kept.why ?? this.#error;
  }

  get clock(): ClockShown | null {
    const { run } = this.#kept;
    return run === undefined ? null : this.#parts.pacer.shown(run.run.now);
  }

  /** Another number once the vault is another: what is read page by page must not go on across it. */
  get generation(): number {
    return this.#generation;
  }

  /** Does something while no step is under way. Throws why there is no run to do it with. */
  between<T>(work: (open: OpenRun) => T | Promise<T>): Promise<T> {
    return this.betweenSteps(() => work(this.#kept.get()));
  }

  /**
   * Does something for who trades by hand, while no step is under way, and makes it durable before anybody hears of it.
   * What was refused has been written down, too; what could not be written is forgotten again.
   */
  byHand<T>(work: (manual: ManualSide) => T | Promise<T>): Promise<T> {
    const done = this.between(async (open) => {
      const { manual } = open;
      if (manual === undefined) throw new AppError('NOT_SUPPORTED', 'Nothing can be traded by hand here.');
      try {
        await manual.lane.ready();
        return await work(manual);
      } catch (error) {
        if (isRefusal(error)) throw error;
        this.#read();
        throw error;
      } finally {
        if (this.#kept.run === open) await this.#orRead(() => keepManual(open));
      }
    });
    return done.finally(() => {
      this.#handActed();
    });
  }

  /** Told whenever somebody has acted by hand, or an SOS on what is traded by hand: what was read of it is old. */
  onHand(listener: () => void): void {
    this.#handListeners.push(listener);
  }

  /** The same for what needs no run. */
  betweenSteps<T>(work: () => T | Promise<T>, urgent = false): Promise<T> {
    return this.#between.ask(async () => {
      try {
        return await work();
      } finally {
        this.#publish();
      }
    }, urgent);
  }

  /** Throws ENGINE_ALREADY_RUNNING, HALTED, MARKET_ENDED. */
  start(): Promise<void> {
    return this.between((open) => {
      refuseHalted(open);
      if (this.#phase === 'running')
        throw new AppError('ENGINE_ALREADY_RUNNING', 'The engine is already running.');
      this.#begin(open);
    });
  }

  /** Throws ENGINE_NOT_RUNNING. */
  stop(): Promise<void> {
    return this.between((open) => {
      // One that has failed would run again with the next start of the program: it, too, can be told to stand still.
      if (this.#phase !== 'running' && this.#phase !== 'error')
        throw new AppError('ENGINE_NOT_RUNNING', 'The engine is not running.');
      if (this.#phase === 'running') open.run.commit();
      this.#end(open);
      this.#error = null;
    });
  }

  /** Reads everything back from the disk, and starts. Throws HALTED, MARKET_ENDED. */
  restart(): Promise<void> {
    return this.between((open) => {
      open.run.commit();
      this.#publish();
      this.#read();
      this.#begin(this.#kept.get());
    });
  }

  /**
   * Stops all trading; with `flatten` closes both legs, whether the engine runs or not. It goes before everything that
   * waits. Returns whether nothing is held any more; null where that was not asked for. An SOS that closes is not taken
   * back by one that doesn't.
   */
  sos(flatten: boolean): Promise<boolean | null> {
    return this.betweenSteps(async () => {
      const open = this.#kept.orRead();
      if (open === undefined) {
        this.#parts.haltUnread(flatten ? 'flattening' : 'halted');
        return flatten ? false : null;
      }
      const { engine } = open.run.parts.main;
      // Also where it stands in memory already: the disk may have refused it before.
      this.#unwritten = flatten || engine.halt === 'flattening' ? 'flattening' : 'halted';
      open.setHalt(this.#unwritten);
      this.#unwritten = 'none';
      this.#publish();
      await this.#stopHand(open, flatten);
      if (!flatten) return null;
      await this.#orRead(() => this.#flattened(open));
      return isFlat(engine) && open.manual?.lane.isFlat !== false;
    }, true);
  }

  releaseSos(): Promise<void> {
    return this.between((open) =>
      this.#orRead(() => {
        open.setHalt('none');
        this.#unwritten = 'none';
      }),
    );
  }

  setClock(speed: number | 'pause' | 'nextFunding'): Promise<ClockShown> {
    return this.between(({ run }) => {
      const { pacer } = this.#parts;
      if (speed === 'pause') pacer.pause();
      else if (speed === 'nextFunding') pacer.rushUntil(run.now - (run.now % HOUR_MS) + HOUR_MS);
      else pacer.setSpeed(speed);
      return pacer.shown(run.now);
    });
  }

  /**
   * Capital in or out. Throws what the rules say against it.
   * @param check what else may stand against it, asked in the same turn
   */
  transfer(
    action: TransferAction,
    moved: AssetAmount,
    check: (open: OpenRun) => void = () => undefined,
  ): Promise<void> {
    return this.between(async (open) => {
      check(open);
      const refusal = await this.#orRead(async () => {
        const why = await open.run.transfer(action, moved);
        open.run.commit();
        return why;
      });
      if (refusal !== undefined) throw refusal;
    });
  }

  /** Takes in what the venue says. Throws where the vault and the venue disagree. */
  sync(): Promise<void> {
    return this.between(({ run }) =>
      this.#orRead(() => {
        run.parts.main.engine.sync();
        run.commit();
      }),
    );
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

  /** Changes how the run goes on: it is opened again from where it stands. What throws has changed nothing. */
  rebuilt<T>(change: (open: OpenRun) => T): Promise<T> {
    return this.between((open) => {
      open.run.commit();
      this.#publish();
      const changed = this.#changedOrRead(() => change(open));
      this.#publish();
      this.#read();
      return changed;
    });
  }

  /** Puts another vault in the place of this one; the engine stands still afterwards. What throws has changed nothing. */
  replaced<T>(change: () => T): Promise<T> {
    return this.betweenSteps(() => {
      this.#kept.run?.run.commit();
      this.#publish();
      const changed = this.#changedOrRead(change);
      this.#phase = 'stopped';
      this.#startedAt = null;
      this.#error = null;
      this.#generation += 1;
      this.#parts.pacer.endRush();
      this.#read();
      return changed;
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
    const { run } = this.#kept;
    try {
      run?.run.commit();
    } finally {
      run?.close();
    }
  }

  async #work(): Promise<void> {
    for (;;) {
      const more = await this.#between.takeTurn();
      if (this.#closing && !more) return;
      const wait = this.#untilDue();
      if (more && wait !== 0) continue;
      if (wait === null) await this.#bell.wait();
      else if (wait > 0) await this.#bell.wait(await this.#liveOn(wait));
      else await this.#stepOrFail();
    }
  }

  #untilDue(): number | null {
    const { run } = this.#kept;
    return run === undefined || this.#phase !== 'running' ? null : this.#parts.pacer.untilDue(run.run.now);
  }

  async #stepOrFail(): Promise<void> {
    try {
      const open = this.#kept.get();
      if (open.run.finished) this.#finish(open);
      else {
        await this.#step(open);
        this.#parts.pacer.stepped(open.run.now);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#publish();
    await breathe();
  }

  async #step(open: OpenRun): Promise<void> {
    const { halt } = open.run.parts.main.engine;
    // A crash, or the disk, may have kept an SOS from what was traded by hand: it is obeyed before anything moves.
    if (halt !== 'none' && open.manual?.desk.isStopped(halt === 'flattening') === false)
      await this.#stopHand(open, halt === 'flattening');
    const work = open.run.advance();
    if (work !== undefined) await work;
    this.#publish();
  }

  /** The market within the minute, for who trades by hand. Returns how long to wait, in ms, at most `wait`. */
  async #liveOn(wait: number): Promise<number> {
    const { run: open } = this.#kept;
    if (open?.manual === undefined || open.run.step === 0) return wait;
    const { pacer } = this.#parts;
    try {
      await open.manual.lane.advanceTo(pacer.momentAfter(open.run.now));
      keepManual(open);
    } catch (error) {
      this.#fail(error);
    }
    this.#publish();
    return Math.min(wait, Math.max(LEAST_BEAT_MS, pacer.wallMs(BEAT_MS)));
  }

  async #stopHand(open: OpenRun, flatten: boolean): Promise<void> {
    await stopManual(open, flatten, this.#parts.explain);
    this.#handActed();
    this.#publish();
  }

  #handActed(): void {
    for (const listener of this.#handListeners) listener();
  }

  async #flattened(open: OpenRun): Promise<void> {
    const { engine } = open.run.parts.main;
    const deadline = this.#parts.elapsed() + FLATTEN_WITHIN_MS;
    const isDone = (): boolean => isFlat(engine) && open.manual?.desk.isStopped(true) !== false;
    while (!isDone() && !open.run.finished && this.#parts.elapsed() < deadline) {
      await this.#step(open);
      await breathe();
    }
  }

  /** An engine whose vault can't be read does not run, and doesn't begin to by itself when it can. */
  #read(): void {
    this.#kept.read();
    if (this.#kept.run === undefined) this.#lose();
  }

  #lose(): void {
    this.#isLost = true;
    this.#phase = 'error';
    this.#startedAt = null;
  }

  #opened(heard: (entry: LogEntry) => void): OpenRun {
    const open = this.#parts.open(heard);
    if (this.#isLost) open.storage.setRunning(false, this.#parts.now());
    this.#isLost = false;
    if (this.#unwritten !== 'none') open.run.parts.main.engine.restoreHalt(this.#unwritten);
    return open;
  }

  /** Throws HALTED, MARKET_ENDED. */
  #begin(open: OpenRun): void {
    refuseHalted(open);
    if (open.run.finished)
      throw new AppError('MARKET_ENDED', 'The recorded market is over. Reset the vault to run it again.');
    open.storage.setRunning(true, this.#parts.now());
    this.#error = null;
    this.resume();
  }

  #end(open: OpenRun): void {
    open.storage.setRunning(false, this.#parts.now());
    this.#phase = 'stopped';
    this.#startedAt = null;
  }

  /** A recorded market has an end. */
  #finish(open: OpenRun): void {
    const because = 'The recording has ended: the engine stops, and holds what it held.';
    open.run.parts.main.engine.note({ type: 'DECISION', action: 'ended', because, numbers: {} });
    open.run.commit();
    this.#end(open);
  }

  #changedOrRead<T>(change: () => T): T {
    try {
      return change();
    } catch (error) {
      this.#read();
      throw error;
    }
  }

  /** What a person asked for and could not be written down was not done: memory forgets it too. */
  async #orRead<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#read();
      throw error;
    }
  }

  /** The engine stops by itself. The state in memory may be half a step: it is read back from the disk. */
  #fail(error: unknown): void {
    this.#error = this.#parts.explain(error);
    this.#phase = 'error';
    this.#startedAt = null;
    this.#read();
  }

  /** Tells what has changed. */
  #publish(): void {
    const { listener, explain } = this.#parts;
    try {
      const heard = this.#kept.takeHeard();
      if (heard.length > 0) listener.logged(heard);
      const notes = this.#kept.run?.manual?.lane.takeNotes() ?? [];
      if (notes.length > 0) listener.byHand(notes);
      if (this.state !== this.#shownState) {
        this.#shownState = this.state;
        listener.stateChanged();
      }
      listener.changed();
      this.#parts.handMoved();
    } catch (error) {
      // Whoever listens must not stop an engine.
      explain(error);
    }
  }
}

function refuseHalted({ run }: OpenRun): void {
  if (run.parts.main.engine.halt !== 'none')
    throw new AppError('HALTED', 'SOS has halted the engine: release it first.');
}
