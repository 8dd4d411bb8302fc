// Plain JavaScript that any Node.js can read: it looks at the version before anything that needs a newer one loads.
const OLDEST = 24;
const found = process.versions.node;

if (Number(found.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `NODE_TOO_OLD: This needs Node.js ${OLDEST} or newer, and this is ${found}. ` +
      'Start it through npm (npm start, npm run -s paper), which brings its own, or install a newer Node.js.\n',
  );
  process.exitCode = 1;
} else {
  await import('./cli.ts');
}
