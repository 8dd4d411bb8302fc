import { z } from 'zod';

/** The engines that this version has. */
export const engineName = z.enum(['funding']);

export const tradingMode = z.enum(['paper', 'live']);

export type EngineName = z.infer<typeof engineName>;
export type TradingMode = z.infer<typeof tradingMode>;
