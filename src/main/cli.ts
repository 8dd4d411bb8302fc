import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { AppError } from '../shared/contract/appError.ts';
import { serveProgram } from './loopback/serveProgram.ts';
import { doctorCommand } from './terminal/doctorCommand.ts';
import { launchApp } from './terminal/launchApp.ts';
import { errorLine, processOutput } from './terminal/output.ts';
import { paperCommand } from './terminal/paperCommand.ts';
import { processKeyboard } from './terminal/processKeyboard.ts';
import { serveCommand, type AppOnDisk } from './terminal/serveCommand.ts';
import { terminalCommand } from './terminal/terminalCommand.ts';
import { walletCommand } from './terminal/wallet/walletCommand.ts';
import { ALL_USAGE, USAGE, isCommand, type CommandName } from './terminal/usage.ts';

const app: AppOnDisk = {
  root: fileURLToPath(new URL('../..', import.meta.url)),
  serve: (request) => serveProgram({ ...request, appVersion: packageJson.version }),
};

const COMMANDS: Readonly<Record<CommandName, (args: readonly string[]) => Promise<void>>> = {
  start: (args) => launchApp(args, app, processOutput, processKeyboard),
  serve: (args) => serveCommand(args, app, processOutput, processKeyboard),
  terminal: (args) => terminalCommand(args, packageJson.version, processOutput, processKeyboard),
  paper: (args) => paperCommand(args, processOutput, processKeyboard),
  wallet: (args) => walletCommand(args, processOutput),
  doctor: (args) => doctorCommand(args, processOutput),
};

/** npm takes options for its own that stand behind its script without `--`, and then the command works elsewhere. */
function refuseEaten(name: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  if (env['npm_config_data_dir'] === undefined || args.some((arg) => arg.startsWith('--data-dir'))) return;
  const message = `npm has taken --data-dir for itself. Put -- before the options: npm run -s ${name} -- --data-dir FOLDER.`;
  throw new AppError('INVALID_OPTION', message, { option: 'data-dir' });
}

async function main([name = '--help', ...args]: readonly string[]): Promise<void> {
  if (name === '--help' || name === '-h' || name === 'help') {
    processOutput.out(ALL_USAGE);
    return;
  }
  if (!isCommand(name)) {
    const known = Object.keys(COMMANDS).join(', ');
    throw new AppError('UNKNOWN_COMMAND', `There is no command "${name}". There are: ${known}.`);
  }
  refuseEaten(name, args, process.env);
  if (args.includes('--help') || args.includes('-h')) processOutput.out(USAGE[name]);
  else await COMMANDS[name](args);
}

// Whoever read along has gone; an engine must not end for that.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await main(process.argv.slice(2));
} catch (error) {
  processOutput.err(errorLine(error));
  process.exitCode = 1;
}
