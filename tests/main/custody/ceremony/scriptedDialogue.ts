import type { AnswerOf, StepName, StepOf } from '../../../../src/shared/contract/ceremony.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import type { Dialogue } from '../../../../src/main/custody/ceremony/dialogue.ts';

/** What somebody answers to a step, looking at it. */
export type Reply = {
  readonly [Name in StepName]?:
    ((step: StepOf<Name>, times: number) => AnswerOf<Name> | Promise<AnswerOf<Name>>) | undefined;
};

/** Bytes of a text, a new copy each time, as whoever takes an answer zeroes it. */
export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

/** A step as it was asked, with the words of a phrase as text: only a test may make one. */
export interface Asked {
  readonly name: StepName;
  readonly step: Readonly<Record<string, unknown>>;
}

/** Somebody who answers each kind of step in one way, and leaves at one that they have no answer to. */
export class ScriptedDialogue implements Dialogue {
  readonly patience: number;
  readonly asked: Asked[] = [];
  /** Every answer with bytes that was handed over: they are to be zeroed when the ceremony is over. */
  readonly handed: Uint8Array[] = [];
  readonly #reply: Reply;

  constructor(reply: Reply, patience = 3) {
    this.#reply = reply;
    this.patience = patience;
  }

  async ask<Name extends StepName>(name: Name, step: StepOf<Name>): Promise<AnswerOf<Name>> {
    this.asked.push({ name, step: { ...step } });
    const reply = this.#reply[name];
    if (reply === undefined) throw new AppError('CANCELLED', 'left');
    const answer = await reply(step, this.asked.filter((one) => one.name === name).length);
    for (const part of partsOf(answer)) if (part instanceof Uint8Array) this.handed.push(part);
    return answer;
  }

  get names(): readonly StepName[] {
    return this.asked.map(({ name }) => name);
  }

  /** What was wrong with each answer that was asked for again. */
  get problems(): readonly string[] {
    return this.asked.flatMap(({ step }) => (typeof step['problem'] === 'string' ? [step['problem']] : []));
  }
}

const partsOf = (answer: unknown): readonly unknown[] =>
  answer !== null && typeof answer === 'object' && !(answer instanceof Uint8Array)
    ? Object.values(answer)
    : [answer];
