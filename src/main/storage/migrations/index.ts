import { vaults } from './001-vaults.ts';
import { program } from './002-program.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order; the last one's version is what this program knows. */
export const MIGRATIONS: readonly Migration[] = [vaults, program];
