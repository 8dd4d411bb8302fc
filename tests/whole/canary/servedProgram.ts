/**
 * What `serve --unlock` runs, with another page than the built one: it says where, and goes on until it is killed.
 * Arguments: the data folder, the folder of the page, and whatever else shall be in its memory.
 */
import { serveProgram } from '../../../src/main/loopback/serveProgram.ts';
import { levelFrom } from '../../../src/main/platform/logLevel.ts';

const [dataDir = '', pages = ''] = process.argv.slice(2);
const { address } = await serveProgram({
  dataDir,
  pages,
  port: 0,
  appVersion: '0.0.0-test',
  logLevel: levelFrom(process.env),
  unlocks: true,
});
process.stdout.write(`${address}\n`);
