import { openTerminal } from '../../custody/terminal/terminal.ts';
import { TerminalPrompt } from '../../custody/terminal/terminalPrompt.ts';
import { atStop } from './atStop.ts';

/** Asks for something that is no secret, with what it means before it. Throws TERMINAL_REQUIRED, CANCELLED. */
export async function askAtTerminal(about: readonly string[], question: string): Promise<string> {
  const terminal = openTerminal();
  const forget = atStop((endBy) => {
    terminal.close();
    endBy();
  });
  try {
    const prompt = new TerminalPrompt(terminal);
    for (const line of about) prompt.say(line);
    return await prompt.plain(question);
  } finally {
    forget();
    terminal.close();
  }
}
