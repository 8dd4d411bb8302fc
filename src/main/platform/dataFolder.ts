import envPaths from 'env-paths';

/** Where the program keeps everything of a user who names no other folder. */
export const defaultDataDir = (): string => envPaths('phantom-arbiter', { suffix: '' }).data;
