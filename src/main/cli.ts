import { AppError } from '../shared/contract/appError.ts';
import { doctorCommand } from './terminal/doctorCommand.ts';
import { errorLine, processOutput } from './terminal/output.ts';
import { paperCommand } from './terminal/paperCommand.ts';
import { processKeyboard } from './terminal/processKeyboard.ts';
import { startCommand } from './terminal/startCommand.ts';
import { ALL_USAGE, USAGE, isCommand, type CommandName } from './terminal/usage.ts';

const COMMANDS: Readonly<Record<CommandName, (args: readonly string[]) => Promise<void>>> = {
  start: (args) => startCommand(args, processOutput, processKeyboard),
  paper: (args) => paperCommand(args, processOutput, processKeyboard),
  doctor: (args) => doctorCommand(args, processOutput),
};

async function main([name = '--help', ...args]: readonly string[]): Promise<void> {
  if (name === '--help' || name === '-h' || name === 'help') {
    processOutput.out(ALL_USAGE);
    return;
  }
  if (!isCommand(name)) {
    const known = Object.keys(COMMANDS).join(', ');
    throw new AppError('UNKNOWN_COMMAND', `There is no command "${name}". There are: ${known}.`);
  }
  if (args.includes('--help') || args.includes('-h')) processOutput.out(USAGE[name]);
  else await COMMANDS[name](args);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  processOutput.err(errorLine(error));
  process.exitCode = 1;
}
