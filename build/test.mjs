/**
 * Everything a change has to pass: types, lint and format at the same time, then the tests, for which there has to be a
 * keychain, then the app in a browser. Arguments go to vitest, and nothing else is tested then:
 * `npm test -- tests/main/risk`.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHECKS = ['typecheck', 'lint', 'format:check'];

const root = fileURLToPath(new URL('..', import.meta.url));
const npm = process.env.npm_execpath;

if (!npm || Number.parseInt(process.versions.node, 10) < 24) {
  console.error('Run this as `npm test`: npm puts the Node that the project brings first.');
  process.exit(1);
}

/** Runs a script of package.json; its exit code, and its output unless that is shown as it comes. */
function run(script, { args = [], stdio }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [npm, 'run', '--silent', script, '--', ...args], {
      cwd: root,
      stdio,
    });
    let output = '';
    const gather = (text) => (output += text);
    child.stdout?.setEncoding('utf8').on('data', gather);
    child.stderr?.setEncoding('utf8').on('data', gather);
    child.once('error', reject);
    child.once('close', (code) => resolve({ passed: code === 0, output }));
  });
}

async function check(name) {
  const startedAt = performance.now();
  const { passed, output } = await run(name, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = passed ? [] : output.trimEnd().split('\n');
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    [...lines, `${passed ? 'passed' : 'FAILED'} in ${seconds} s`]
      .map((line) => `${name}: ${line}`)
      .join('\n'),
  );
  return { name, passed };
}

const chosen = process.argv.slice(2);
// What may have to be installed first waits for the network while the processor is busy; one after the other, because
// apt-get locks what it works on.
const install = (script) => run(script, { stdio: ['ignore', 'inherit', 'inherit'] });
const keyring = install('keyring');
const browser = chosen.length > 0 ? undefined : keyring.then(() => install('browser'));
const results = await Promise.all(CHECKS.map(check));
await keyring;
results.push({ name: 'unit', ...(await run('unit', { args: chosen, stdio: 'inherit' })) });
if (browser !== undefined) {
  await browser;
  results.push({ name: 'e2e', ...(await run('e2e', { stdio: 'inherit' })) });
}

const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
