/**
 * Plays scenes on the real program and keeps what came of them under tests/fixtures/drift, for the model to be held to:
 *
 *     DRIFT_SO=<path of the binary> node tests/support/cluster/model/record.ts [scene …]
 */
import { keep, played, SCENES } from './recording.ts';

const binary = process.env['DRIFT_SO'];
if (binary === undefined) throw new Error('DRIFT_SO names no binary of the program');
const scenes = process.argv.slice(2);
for (const scene of scenes.length > 0 ? scenes : Object.keys(SCENES)) {
  const recording = await played(scene, { binary });
  keep(scene, recording);
  const refused = recording.outcomes.filter(({ error }) => error !== undefined).length;
  process.stdout.write(`${scene}: ${recording.outcomes.length} steps, ${refused} of them refused\n`);
}
