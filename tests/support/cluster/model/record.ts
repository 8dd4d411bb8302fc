/**
 * Plays scenes on the real program and keeps what came of them under tests/fixtures/drift, for the model to be held to:
 *
 *     DRIFT_SO=<path of the binary> node tests/support/cluster/model/record.ts [scene …]
 */
import { keep, played, SCENES } from './recording.ts';

const binary = process.env['DRIFT_SO'];
if (binary === undefined) throw new Error('DRIFT_SO names no binary of the program');
const named = process.argv.slice(2);
for (const [scene, play] of Object.entries(SCENES)) {
  if (named.length > 0 && !named.includes(scene)) continue;
  const recording = await played(play, { binary });
  keep(scene, recording);
  const refused = recording.outcomes.filter(({ error }) => error !== undefined).length;
  process.stdout.write(`${scene}: ${recording.outcomes.length} steps, ${refused} of them refused\n`);
}
