import type { ValuesOf } from '../../shared/settings/group.ts';
import { numberSetting } from '../../shared/settings/setting.ts';

/** The simulated market. Plain numbers: they feed a random process, not a ledger. */
export const SIMULATION_SETTINGS = {
  startPrice: numberSetting({
    name: 'simulation.startPrice',
    unit: 'USD',
    fallback: '150',
    min: '1',
    max: '100000',
    meaning: 'Price of SOL at the start.',
  }),
  volatilityPct: numberSetting({
    name: 'simulation.volatilityPct',
    unit: '% a year',
    fallback: '80',
    min: '0',
    max: '500',
    meaning:
      'Average volatility of SOL, jumps aside. It clusters: calm and wild stretches follow each other.',
  }),
  jumpsPerYear: numberSetting({
    name: 'simulation.jumpsPerYear',
    unit: 'a year',
    fallback: '24',
    min: '0',
    max: '10000',
    meaning: 'How often the price jumps.',
  }),
  jumpSizePct: numberSetting({
    name: 'simulation.jumpSizePct',
    unit: '%',
    fallback: '3',
    min: '0',
    max: '30',
    meaning: 'Typical size of a jump.',
  }),
  fundingMeanApr: numberSetting({
    name: 'simulation.fundingMeanApr',
    unit: '% a year',
    fallback: '12',
    min: '-200',
    max: '200',
    meaning: 'Funding rate that the simulated market averages in the long run.',
  }),
  fundingVolatility: numberSetting({
    name: 'simulation.fundingVolatility',
    unit: '% a year',
    fallback: '12',
    min: '0',
    max: '500',
    meaning: 'How far the funding rate wanders from its mean (standard deviation).',
  }),
  markNoiseBp: numberSetting({
    name: 'simulation.markNoiseBp',
    unit: 'bp',
    fallback: '2',
    min: '0',
    max: '100',
    meaning: 'How far the mark strays from the oracle within minutes (standard deviation).',
  }),
  depthUsd: numberSetting({
    name: 'simulation.depthUsd',
    unit: 'USD',
    fallback: '1000000',
    min: '1000',
    max: '1000000000',
    meaning: 'Visible size on each side of the book within 0.3 % of the mark.',
  }),
} as const;

export type SimulationSettings = ValuesOf<typeof SIMULATION_SETTINGS>;
