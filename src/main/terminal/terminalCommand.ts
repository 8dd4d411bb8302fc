import { CLOCK_SPEEDS } from '../../shared/contract/clockSpeed.ts';
import { openProgram, type Program } from '../app.ts';
import { LocalClient } from '../commands/localClient.ts';
import { defaultDataDir } from '../platform/dataFolder.ts';
import { LOG_LEVEL_VARIABLE } from '../platform/logLevel.ts';
import { levelFrom, type LogLevel } from '../platform/logger.ts';
import type { Keyboard } from './keyboard.ts';
import { invalid, readOptions, textOf, type RawOptions } from './options.ts';
import type { Output } from './output.ts';
import { TerminalScreen } from './terminalScreen.ts';

/** What a terminal in raw mode sends instead of a signal. */
const CONTROL_C = '\u0003';

const OPTIONS = {
  speed: { type: 'string' },
  'data-dir': { type: 'string' },
  'log-level': { type: 'string' },
} as const;

/** `terminal`: the program on the terminal, on a market that goes on where it was left. */
export async function terminalCommand(
  args: readonly string[],
  appVersion: string,
  output: Output,
  keys: Keyboard,
): Promise<void> {
  const options = readOptions(args, OPTIONS);
  const speed = speedOf(options);
  const program = openProgram({
    dataDir: textOf(options, 'data-dir') ?? defaultDataDir(),
    appVersion,
    logLevel: logLevelOf(options, process.env),
    // A screen that is drawn over itself has no room for log lines.
    stderrLevel: output.isScreen ? 'none' : 'error',
  });
  try {
    await untilStopped(program, speed, output, keys);
  } finally {
    await program.close();
  }
  output.out('Stopped. What was done is kept; start again to go on from here.\n');
}

async function untilStopped(program: Program, speed: number, output: Output, keys: Keyboard): Promise<void> {
  const screen = new TerminalScreen(output);
  const refused = (error: unknown): void => {
    screen.say(error instanceof Error ? error.message : String(error));
  };
  const client = new LocalClient(
    (carrier) => program.connect(carrier),
    (frame) => {
      screen.hear(frame);
    },
  );
  let unhear: (() => void)[] = [];
  const stopped = new Promise<void>((resolve) => {
    unhear = [
      keys.onStop(resolve),
      keys.onKey((key) => {
        if (key === 'q' || key === CONTROL_C) resolve();
        else void obey(key, client, screen).catch(refused);
      }),
    ];
  });
  const { resumedAt, dataDir } = program;
  const resumed = resumedAt === 0 ? '' : `Going on after minute ${resumedAt}. `;
  output.out(`PAPER: a simulated market, no real money. ${resumed}Kept in ${dataDir}\n\n`);
  await client.command('SET_CLOCK', { speed });
  const { engines } = await client.command('GET_STATUS', {});
  const state = engines[0]?.status.state;
  if (state === 'stopped' || state === 'error')
    await client.command('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await stopped;
  for (const one of unhear) one();
  client.close();
}

async function obey(key: string, client: LocalClient, screen: TerminalScreen): Promise<void> {
  const speed = CLOCK_SPEEDS[Number(key) - 1];
  if (speed !== undefined) await client.command('SET_CLOCK', { speed });
  else if (key === ' ') {
    const { clock } = screen;
    await client.command('SET_CLOCK', { speed: clock?.paused === true ? clock.speed : 'pause' });
  } else if (key === 'n') await client.command('SET_CLOCK', { speed: 'nextFunding' });
  else if (key === 'x') await client.command('SOS', { flatten: false });
  else if (key === 'X') await client.command('SOS', { flatten: true });
  else if (key === 'r') await client.command('RELEASE_SOS', {});
  else if (key === 's' && screen.runs) await client.command('STOP_ENGINE', { engine: 'funding' });
  else if (key === 's') await client.command('START_ENGINE', { engine: 'funding', mode: 'paper' });
}

function speedOf(options: RawOptions): number {
  const text = textOf(options, 'speed') ?? '60';
  const speed = CLOCK_SPEEDS.find((one) => String(one) === text);
  if (speed === undefined) throw invalid('speed', text, CLOCK_SPEEDS.join(', '));
  return speed;
}

/** What the command line says, else the environment; undefined leaves it to the setting. */
function logLevelOf(options: RawOptions, env: NodeJS.ProcessEnv): LogLevel | undefined {
  const given = textOf(options, 'log-level');
  if (given !== undefined) return levelFrom({}, given);
  return (env[LOG_LEVEL_VARIABLE.name] ?? '') === '' ? undefined : levelFrom(env);
}
