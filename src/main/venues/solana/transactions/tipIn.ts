import type { Address } from '../../../custody/address.ts';
import { instructionsOf, type Instruction } from '../../../custody/policy/instruction.ts';
import { readMessage } from '../../../custody/policy/message.ts';
import { SYSTEM_PROGRAM } from '../../../custody/policy/programs.ts';
import { transferDestination } from '../../../custody/policy/systemInstruction.ts';
import { isTipAccount } from '../../../custody/policy/tips.ts';
import { messageIn } from './draft.ts';

/** Behind the number of the instruction. */
const LAMPORTS_AT = 4;

/** Lamports that a signed transaction gives to block builders, where it goes through. */
export const tipIn = (wire: Uint8Array): bigint =>
  instructionsOf(readMessage(messageIn(wire)))
    .filter(isTip)
    .reduce((sum, { data }) => sum + Buffer.from(data).readBigUInt64LE(LAMPORTS_AT), 0n);

function isTip(instruction: Instruction): boolean {
  if (instruction.program !== SYSTEM_PROGRAM) return false;
  const to: Address | undefined = transferDestination(instruction);
  return to !== undefined && isTipAccount(to);
}
