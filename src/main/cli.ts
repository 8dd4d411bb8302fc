import { AppError } from '../shared/contract/appError.ts';
import { doctorCommand } from './terminal/doctorCommand.ts';
import { errorLine, processOutput } from './terminal/output.ts';
import { paperCommand } from './terminal/paperCommand.ts';
import { processConsole } from './terminal/processConsole.ts';
import { startCommand } from './terminal/startCommand.ts';

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  start: (args) => startCommand(args, processOutput, processConsole),
  paper: (args) => paperCommand(args, processOutput),
  doctor: (args) => doctorCommand(args, processOutput),
};

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const command = COMMANDS[name];
  if (command === undefined) {
    throw new AppError(
      'UNKNOWN_COMMAND',
      `There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`,
    );
  }
  await command(args);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  processOutput.err(errorLine(error));
  process.exitCode = 1;
}
