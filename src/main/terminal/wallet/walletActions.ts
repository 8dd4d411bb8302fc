import { AppError } from '../../../shared/contract/appError.ts';
import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import { freeWalletName } from '../../../shared/contract/walletName.ts';
import type { WalletDesk } from '../../custody/walletDesk.ts';
import type { WalletRecord } from '../../domain/wallet.ts';
import { textOf, type RawOptions } from '../options.ts';
import type { Output } from '../output.ts';
import { askAtTerminal } from './askAtTerminal.ts';
import type { ActionOptions, WalletLine } from './walletLine.ts';
import { walletList } from './walletList.ts';
import { kindWords, ownerName, removalWords } from './walletWords.ts';

interface ActionParts {
  readonly wallets: WalletDesk;
  readonly line: WalletLine;
  readonly output: Output;
}

interface WalletAction {
  readonly options: ActionOptions;
  readonly act: (parts: ActionParts) => void | Promise<void>;
}

const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean' } as const;

/** What `wallet` does, by name. */
export const WALLET_ACTIONS = {
  create: {
    options: { subject: undefined, options: { name: TEXT, words: TEXT, 'delegate-of': TEXT } },
    act: async ({ wallets, line: { options }, output }) => {
      const delegateOf = delegateOfIn(wallets, options);
      const given = { ...nameIn(options), ...wordsIn(options) };
      output.out(added(wallets, await wallets.ceremony({ kind: 'create', ...delegateOf }, { given })));
    },
  },
  import: {
    options: {
      subject: undefined,
      options: { name: TEXT, phrase: SWITCH, key: SWITCH, file: TEXT, keychain: TEXT, 'delegate-of': TEXT },
    },
    act: async ({ wallets, line: { options }, output }) => {
      const source = sourceIn(options);
      const address = textOf(options, 'keychain');
      if (address !== undefined) {
        refuseOwner(options);
        const record = await wallets.adopt(address, textOf(options, 'name') ?? freeName(wallets, 'Wallet'));
        output.out(`Added ${record.name}: ${record.address}\n`);
        return;
      }
      const delegateOf = delegateOfIn(wallets, options);
      const given = { ...nameIn(options), ...source };
      output.out(added(wallets, await wallets.ceremony({ kind: 'import', ...delegateOf }, { given })));
    },
  },
  list: {
    options: { subject: undefined, options: { json: SWITCH } },
    act: async ({ wallets, line: { options }, output }) => {
      const view = await wallets.patientView();
      output.out(options['json'] === true ? `${JSON.stringify(view)}\n` : walletList(view));
    },
  },
  select: {
    options: { subject: 'wallet', options: {} },
    act: async ({ wallets, line, output }) => {
      const { address, name } = chosen(wallets, line.subject);
      await wallets.select(address);
      output.out(`${name} is the active wallet now.\n`);
    },
  },
  rename: {
    options: { subject: 'wallet', options: { name: TEXT } },
    act: ({ wallets, line, output }) => {
      const name = textOf(line.options, 'name');
      if (name === undefined) throw new AppError('INVALID_OPTION', 'wallet rename needs --name NAME.');
      const { address, name: before } = chosen(wallets, line.subject);
      wallets.rename(address, name);
      output.out(`${before} is called ${name} now.\n`);
    },
  },
  remove: {
    options: { subject: 'wallet', options: {} },
    act: async ({ wallets, line, output }) => {
      const record = chosen(wallets, line.subject);
      const { address, name } = record;
      const question = `Type the wallet's name, ${name}, to remove it`;
      await wallets.remove(address, await askAtTerminal(removalWords(record), question));
      output.out(`${name} was removed.\n`);
    },
  },
  export: {
    options: { subject: 'wallet', options: {} },
    act: async ({ wallets, line, output }) => {
      const { address, name } = keyed(wallets, line.subject);
      await wallets.ceremony({ kind: 'export', address }, { given: {} });
      output.out(`The secret key of ${name} was shown. Nothing of it was kept.\n`);
    },
  },
  passphrase: {
    options: { subject: 'wallet', options: {} },
    act: async ({ wallets, line, output }) => {
      const { address, name } = keyed(wallets, line.subject);
      const end = await wallets.ceremony({ kind: 'passphrase', address }, { given: {} });
      const has = end.kind === 'passphrase' && end.hasPassphrase;
      output.out(has ? `${name} has its new passphrase.\n` : `${name} has no passphrase now.\n`);
    },
  },
  watch: {
    options: { subject: 'address', options: { name: TEXT } },
    act: ({ wallets, line, output }) => {
      const address = line.subject ?? '';
      const name = textOf(line.options, 'name') ?? freeName(wallets, 'Watched');
      wallets.watch(address, name);
      output.out(`${name}: ${address}\n${kindWords('watch', address)}. Nothing can be signed for it.\n`);
    },
  },
} as const satisfies Readonly<Record<string, WalletAction>>;

export const isWalletAction = (name: string): name is keyof typeof WALLET_ACTIONS =>
  Object.hasOwn(WALLET_ACTIONS, name);

/** The wallet that is meant, by its address or its name. Throws WALLET_UNKNOWN. */
function chosen(wallets: WalletDesk, subject: string | undefined): WalletRecord {
  const all = wallets.list();
  const wanted = (subject ?? '').toLowerCase();
  const found =
    all.find(({ address }) => address === subject) ?? all.find(({ name }) => name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  // Not with what was typed: it may be a secret in the wrong place.
  throw new AppError(
    'WALLET_UNKNOWN',
    'There is no wallet of that name or address here: wallet list shows them.',
  );
}

/** The same, of those that have a key. Throws WALLET_WATCH_ONLY. */
function keyed(wallets: WalletDesk, subject: string | undefined): WalletRecord {
  const found = chosen(wallets, subject);
  if (found.kind !== 'watch') return found;
  throw new AppError('WALLET_WATCH_ONLY', `${found.name} is only watched: its key is not here.`);
}

/** A name where none was given. */
const freeName = (wallets: WalletDesk, proposed: string): string =>
  freeWalletName(
    proposed,
    wallets.list().map(({ name }) => name),
  );

function nameIn(options: RawOptions): { readonly name?: string } {
  const name = textOf(options, 'name');
  return name === undefined ? {} : { name };
}

function wordsIn(options: RawOptions): { readonly words?: 12 | 24 } {
  const words = textOf(options, 'words');
  if (words === undefined) return {};
  if (words === '12' || words === '24') return { words: words === '12' ? 12 : 24 };
  // Not with what was typed: somebody may take it for the place of the words themselves.
  throw new AppError('INVALID_OPTION', '--words takes 12 or 24: how many words the new phrase shall have.');
}

function sourceIn(options: RawOptions): {
  readonly source?: 'phrase' | 'secretKey' | 'file';
  readonly file?: string;
} {
  const given = ['phrase', 'key', 'file', 'keychain'].filter((name) => options[name] !== undefined);
  if (given.length > 1) {
    const names = given.map((name) => `--${name}`).join(' and ');
    throw new AppError('INVALID_OPTION', `wallet import takes one of ${names}, not several.`);
  }
  if (options['phrase'] === true) return { source: 'phrase' };
  if (options['key'] === true) return { source: 'secretKey' };
  const file = textOf(options, 'file');
  return file === undefined ? {} : { source: 'file', file };
}

function delegateOfIn(wallets: WalletDesk, options: RawOptions): { readonly delegateOf?: string } {
  const owner = textOf(options, 'delegate-of');
  return owner === undefined ? {} : { delegateOf: chosen(wallets, owner).address };
}

/** Whose delegate a key is, the keychain knows; it can't be told otherwise. */
function refuseOwner(options: RawOptions): void {
  if (options['delegate-of'] === undefined) return;
  const message =
    'wallet import takes no --delegate-of with --keychain: the keychain knows what the key may do.';
  throw new AppError('INVALID_OPTION', message);
}

function added(wallets: WalletDesk, end: CeremonyEnd): string {
  if (end.kind !== 'stored') return '';
  const { name, address, role, owner, hasPassphrase } = end;
  const protection = hasPassphrase ? 'the keychain and its passphrase' : 'the keychain';
  const may = kindWords(role, ownerName(owner, wallets.list()));
  return `${name}: ${address}\n${may}.\nIts key is protected by ${protection}.\n`;
}
