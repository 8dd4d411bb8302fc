import { choiceSetting } from '../../shared/settings/setting.ts';

/** From the gravest to the most talkative: a level includes all that stand before it. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The level as a setting that a user can change. */
export const LOG_LEVEL_SETTING = choiceSetting(
  {
    name: 'log.level',
    fallback: 'info',
    meaning: 'How much is logged. debug dumps detailed state.',
  },
  LOG_LEVELS,
);

/** The level as an environment variable, for a process that is started without settings at hand. */
export const LOG_LEVEL_VARIABLE = choiceSetting(
  { ...LOG_LEVEL_SETTING, name: 'PHANTOM_LOG_LEVEL' },
  LOG_LEVELS,
);

/** How far down a level reaches: 0 for `error` to 3 for `debug`. */
export const reachOf = (level: LogLevel): number => LOG_LEVELS.indexOf(level);

/**
 * The level of a process: the environment variable, else the setting, else `info`. An empty variable counts as none.
 * Throws INVALID_SETTING for a level that does not exist, in either.
 */
export function levelFrom(env: Readonly<Record<string, string | undefined>>, setting?: string): LogLevel {
  const level = LOG_LEVEL_SETTING.parse(setting ?? LOG_LEVEL_SETTING.fallback);
  const variable = env[LOG_LEVEL_VARIABLE.name] ?? '';
  return variable === '' ? level : LOG_LEVEL_VARIABLE.parse(variable);
}
