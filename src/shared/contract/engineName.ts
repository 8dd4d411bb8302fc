import { z } from 'zod';

/** The engines that this version has. */
export const engineName = z.enum(['funding']);

/** Whose vault: an engine's, or that of the user's own hand. */
export const vaultName = z.enum(['funding', 'manual']);
export type VaultName = z.infer<typeof vaultName>;

export const tradingMode = z.enum(['paper', 'live']);

export type EngineName = z.infer<typeof engineName>;
export type TradingMode = z.infer<typeof tradingMode>;
