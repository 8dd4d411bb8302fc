import type { CommandName } from '../../shared/contract/commands.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';

/** A command without its final answer. */
export interface PendingCommand {
  readonly id: string;
  readonly command: CommandName;
  /** Repeated as it is: the same id acts once, whatever happens to the connection. */
  readonly text: string;
  readonly done: (data: unknown) => void;
  readonly failed: (error: ErrorReply) => void;
  readonly accepted: (operationId: string) => void;
  readonly callOffSlow: () => void;
  /** Ends its waiting for a connection that is lost; undefined where it doesn't wait, or may wait for ever. */
  callOffExpiry: (() => void) | undefined;
  /** The connection on which it was sent last; 0 before the first. */
  sentOn: number;
}

/** The commands that wait for an answer, in the order in which they were given. */
export class PendingCommands {
  readonly #commands = new Map<string, PendingCommand>();

  add(command: PendingCommand): void {
    this.#commands.set(command.id, command);
  }

  get(id: string): PendingCommand | undefined {
    return this.#commands.get(id);
  }

  /** Takes a command out: it has its answer. */
  settle(id: string): PendingCommand | undefined {
    const command = this.#commands.get(id);
    this.#commands.delete(id);
    command?.callOffSlow();
    command?.callOffExpiry?.();
    return command;
  }

  get all(): readonly PendingCommand[] {
    return [...this.#commands.values()];
  }
}
