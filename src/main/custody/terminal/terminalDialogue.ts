import type { AnswerOf, StepName, StepOf } from '../../../shared/contract/ceremony.ts';
import type { Dialogue } from '../ceremony/dialogue.ts';
import type { TerminalPrompt } from './terminalPrompt.ts';
import { TERMINAL_STEPS } from './terminalSteps.ts';

/** Three slips of the hand; then whoever types knows better how to begin again. */
const PATIENCE = 3;

/** A ceremony on the terminal. */
export class TerminalDialogue implements Dialogue {
  readonly patience = PATIENCE;
  readonly #prompt: TerminalPrompt;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(prompt: TerminalPrompt, pause: (ms: number) => Promise<void>) {
    this.#prompt = prompt;
    this.#pause = pause;
  }

  async ask<Name extends StepName>(name: Name, step: StepOf<Name>): Promise<AnswerOf<Name>> {
    if ('problem' in step && step.problem !== undefined) this.#prompt.say(step.problem);
    return await TERMINAL_STEPS[name](this.#prompt, step, this.#pause);
  }
}
