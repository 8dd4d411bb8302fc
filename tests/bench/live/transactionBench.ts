import { pause } from '../../../src/main/platform/timers.ts';
import { figure, quantile } from '../figures.ts';
import type { LiveProgram } from './liveProgram.ts';
import type { NodeProcess } from './nodeProcess.ts';

const COMMANDS = Number(process.env['BENCH_COMMANDS'] ?? 40);
const CHANGES = Number(process.env['BENCH_CHANGES'] ?? 30);
const CHANGES_MS = 30_000;
/** Nobody types commands one upon the other. */
const BREATH_MS = 600;
const ONE_SOL = 1_000_000_000n;

function print(name: string, times: readonly number[]): void {
  const sorted = Float64Array.from(times).sort();
  const more = { of: `${times.length}` };
  figure(`${name} p50`, quantile(sorted, 0.5), 'ms', more);
  figure(`${name} p99`, quantile(sorted, 0.99), 'ms', more);
}

/** From a client's command to the signer's signature, deposits and withdrawals in turn. */
export async function commandBench(live: LiveProgram): Promise<void> {
  const commands = ['DRIFT_DEPOSIT', 'DRIFT_WITHDRAW'] as const;
  const toSigned = new Map<string, number[]>(commands.map((name) => [name, []]));
  const [signer, toAnswer]: [number[], number[]] = [[], []];
  for (let i = 0; i < COMMANDS; i += 1) {
    await pause(BREATH_MS);
    const name = commands[i % 2] ?? commands[0];
    const before = live.signings.length;
    const begun = performance.now();
    await live.client.command(name, { asset: 'USDC', amount: '1' });
    toAnswer.push(performance.now() - begun);
    const signing = live.signings[before];
    if (signing === undefined) throw new Error(`${name} was answered, and nothing was signed`);
    toSigned.get(name)?.push(signing.answered - begun);
    signer.push(signing.answered - signing.asked);
  }
  print('command to signed transaction', [...toSigned.values()].flat());
  for (const [name, times] of toSigned) print(`${name} to signed transaction`, times);
  print('of it, the process that has the key', signer);
  print('command to its answer, the transaction in a block', toAnswer);
}

/** From a change of the account, which its owner makes elsewhere, to the first sending of the order that corrects for it. */
export async function changeBench(node: NodeProcess): Promise<void> {
  const [whole, unseen, seen]: [number[], number[], number[]] = [[], [], []];
  const end = performance.now() + CHANGES_MS;
  while (whole.length < CHANGES && performance.now() < end) {
    await pause(BREATH_MS);
    const corrected = node.sent();
    const changed = await node.deposit(ONE_SOL);
    const sent = await corrected;
    const look = node.asked.find(({ method, at }) => method === 'getMultipleAccounts' && at >= changed);
    if (look === undefined) throw new Error('an order was sent, and nobody had looked');
    whole.push(sent - changed);
    unseen.push(look.at - changed);
    seen.push(sent - look.at);
  }
  print('account change to broadcast', whole);
  print('of it, until the account is read', unseen);
  print('of it, from reading to broadcast', seen);
}
