import { openTerminal } from '../../custody/terminal/terminal.ts';
import { TerminalPrompt } from '../../custody/terminal/terminalPrompt.ts';

/** Asks for something that is no secret, with what it means before it. Throws TERMINAL_REQUIRED, CANCELLED. */
export async function askAtTerminal(about: string, question: string): Promise<string> {
  const terminal = openTerminal();
  try {
    const prompt = new TerminalPrompt(terminal);
    prompt.say(about);
    return await prompt.plain(question);
  } finally {
    terminal.close();
  }
}
