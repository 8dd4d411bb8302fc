import type { z } from 'zod';

/** One command of the set: what it takes, what it answers, and how it may be repeated. */
export interface CommandSpec<Payload extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  /** One sentence for docs/commands.md. */
  readonly about: string;
  readonly payload: Payload;
  readonly reply: Reply;
  /**
   * `read` changes nothing and is simply done again. `act` is done once for an id: the same id again gets the first
   * result. `settle` is done once too, but where the program died before it could write the result down, doing it
   * again does no harm (an SOS stays an SOS); an `act` whose result was lost is answered OUTCOME_UNKNOWN instead.
   */
  readonly kind: 'read' | 'act' | 'settle';
}

/** Keeps the schemas' own types. */
export const command = <Payload extends z.ZodType, Reply extends z.ZodType>(
  spec: CommandSpec<Payload, Reply>,
): CommandSpec<Payload, Reply> => spec;
