import { createHash } from 'node:crypto';

import { Keypair } from '@solana/web3.js';

/** Who may change the markets, and stakes in the insurance fund. The same in every cluster. */
export const ADMIN = Keypair.fromSeed(createHash('sha256').update('drift admin').digest());
