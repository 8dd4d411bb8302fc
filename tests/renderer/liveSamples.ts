import type { ConfirmationView, StandingView } from '../../src/shared/contract/confirmation.ts';
import type { DifferencesView } from '../../src/shared/contract/difference.ts';
import type { EngineStatusData } from '../../src/shared/contract/engineStatus.ts';
import { STATUS } from './samples.ts';

export const OWNER = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU';
export const PLACE = { venue: 'drift', owner: OWNER, subAccount: 2 } as const;
export const LIVE: EngineStatusData = { ...STATUS, mode: 'live', venue: 'drift', subAccount: 2 };

export const QUESTION: ConfirmationView = {
  confirmationId: 'q1',
  place: PLACE,
  purpose: 'rebalance',
  because: 'The hedge is 1.31 % from neutral; its tolerance is 1 %.',
  legs: [
    { market: 'SOL', side: 'buy', size: '12.512345678', limitPrice: '150.964100000', reduceOnly: false },
    { market: 'SOL-PERP', side: 'sell', size: '12.500000000', limitPrice: '149.4', reduceOnly: true },
  ],
  worth: '3751.200000',
  askedAt: 1_000_000,
  expiresAt: 1_060_000,
  answer: 'none',
};

export const STANDING: StandingView = {
  place: PLACE,
  perTrade: '2500',
  perDay: '10000',
  grantedAt: 0,
  until: 2_000_000,
  inForce: true,
  spent: '3751.2',
  left: '6248.8',
};

export const FOUND: DifferencesView = {
  name: 'd-1',
  differences: [
    {
      kind: 'cash',
      subject: 'USDC',
      books: '5012.330001',
      chain: '4512.33',
      words: 'The sub-account has 500.000001 USDC less than the books say.',
      acceptable: true,
    },
  ],
};
