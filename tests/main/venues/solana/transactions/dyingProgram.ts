/**
 * A process that carries one payment to a local node and kills itself at a step of it.
 * Arguments: the journal's file, the node's address, the key, the payee, the lamports, and the step.
 */
import * as web3 from '@solana/web3.js';

import { wallClock } from '../../../../../src/main/platform/clock.ts';
import { silentLogger } from '../../../../../src/main/platform/logger.ts';
import { realSchedule } from '../../../../../src/main/platform/schedule.ts';
import { openDatabase } from '../../../../../src/main/storage/database.ts';
import { TransactionRepository } from '../../../../../src/main/storage/transactionRepository.ts';
import { SENDING_SETTINGS } from '../../../../../src/main/venues/solana/transactions/sendingSettings.ts';
import { TransactionDesk } from '../../../../../src/main/venues/solana/transactions/transactionDesk.ts';
import { readGroup } from '../../../../../src/shared/settings/group.ts';
import { ConnectionChain } from './connectionChain.ts';
import { MortalProcess } from './mortal.ts';
import { CLUSTER, payment } from './payment.ts';
import { TestSigner } from './testSigner.ts';

const [, , file = '', url = '', key = '', payee = '', lamports = '', step = ''] = process.argv;
const signer = TestSigner.from(key);
const mortal = new MortalProcess(Number(step), () => {
  process.kill(process.pid, 'SIGKILL');
});
const journal = new TransactionRepository(openDatabase(file, { now: 0 }), CLUSTER);
const desk = new TransactionDesk({
  ...mortal.parts({ chain: new ConnectionChain(url), signer, journal, time: realSchedule }),
  web3,
  payer: signer.address,
  explain: () => ({ code: 'INTERNAL', message: 'It was refused.' }),
  settings: () => readGroup(SENDING_SETTINGS, {}),
  clock: wallClock,
  uniform: () => 0.5,
  log: silentLogger,
  alert: () => undefined,
});
await desk.carry(payment(signer.address, payee, BigInt(lamports)));
