/** What a command is for and what it takes, as `--help` prints it. */
export const USAGE = {
  start: `Opens the app: in a window of its own where this computer allows it, else in
your browser.

npm start -- [options]
  --browser             the browser, even where a window is possible
  --port P, --data-dir FOLDER, --no-open, --unlock, --allow-live   as for serve
`,
  serve: `Serves the app on 127.0.0.1, prints its address, and opens your browser.

npm run -s serve -- [options]
  --port P              27316; 0: any free one
  --data-dir FOLDER     where everything is kept; a new folder is a new demo
  --no-open             print the address only
  --unlock              ask for the passphrase of the active wallet first
  --allow-live          real money may be traded there; without it, only paper
`,
  terminal: `Runs the same engine on the terminal, on a market that goes on where it stopped.

npm run -s terminal -- [options]
  --speed 1|60|3600     how much faster than life (60)
  --data-dir FOLDER     where it is kept; a new folder is a new demo
  --log-level LEVEL     error, warn, info, debug
`,
  paper: `Runs the paper engine as fast as it goes, then reports.

npm run -s paper -- [options]
  --days N              length (30, or the whole recording)
  --seed S              of the simulated market (1)
  --capital USD         (10000)
  --candles F           recorded candles: time,open,high,low,close,volume
  --funding F           recorded funding: time,rate[,mark_price]
  --set name=value      a setting, see docs/settings.md; as often as you like
  --script F            deposits, withdrawals, faults, see docs/paper-runs.md
  --data-dir FOLDER     keep the run; the same line again goes on
  --events F            write the event log
  --json                the report as one JSON object
  --log-level LEVEL     error, warn, info, debug
`,
  wallet: `Makes, imports and keeps wallets. Their keys are in this computer's keychain.

npm run -s wallet -- ACTION [options]
  create                a new wallet, with a recovery phrase that is shown once
    --words 12|24       how many words the phrase has
  import                a wallet from elsewhere
    --phrase            by its recovery phrase, which you are asked for
    --key               by its secret key, which you are asked for
    --file F            by a keypair file of the Solana command line
    --keychain ADDRESS  by its key, which this computer's keychain has already
  create and import
    --name NAME         what it is called
    --delegate-of WALLET    may trade for that one, and cannot withdraw
  watch ADDRESS         an address without a key; --name NAME
  list                  all wallets, and whether their keys are there; --json
  select WALLET         makes it the active one
  rename WALLET --name NAME
  passphrase WALLET     sets, changes or takes away its passphrase
  export WALLET         shows its secret key
  remove WALLET         forgets it, and destroys its key

WALLET is a name or an address. All take --data-dir FOLDER. Secrets are never
options: you are asked for them. To unlock a wallet, start with --unlock:
npm run -s serve -- --unlock
`,
  doctor: `Looks at Node.js, the data folder, the database, and for the keys of wallets in
the keychain, and says what to do. It changes nothing.

npm run -s doctor -- [options]
  --data-dir FOLDER
  --keychain            also puts something into the keychain and takes it out
`,
} as const;

export type CommandName = keyof typeof USAGE;

export const isCommand = (name: string): name is CommandName => Object.hasOwn(USAGE, name);

export const ALL_USAGE = Object.values(USAGE).join('\n');
