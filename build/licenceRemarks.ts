/** What has to be known of a licence that isn't the usual. A `*` at the end of a name stands for any end. */
export interface LicenceRemark {
  readonly name: string;
  /** What it is about, and why it is acceptable or what to do. */
  readonly remark: string;
}

export const LICENCE_REMARKS: readonly LicenceRemark[] = [
  {
    name: '@switchboard-xyz/on-demand',
    remark:
      'package.json says ISC, the licence text is the Business Source License 1.1 without a grant for production use, until 2027-06-15; from then on GPL 2.0 or later. @drift-labs/sdk loads it at its start, for price feeds that this program has no use for. In the bundle something else stands in its place (build/leftOut.ts), so that it isn’t shipped. Whoever builds and tests has it, and so has whoever runs the program from its sources: that is “non-production use” as long as no live engine runs there.',
  },
  {
    name: 'rpc-websockets',
    remark:
      'Copyleft for the library alone. @solana/web3.js loads it for its subscriptions, which this program doesn’t use: its own sockets take their place. In the bundle a socket that never opens stands in its place (build/standIns/rpcWebsockets.ts), so that it isn’t shipped.',
  },
  {
    name: '@openbook-dex/openbook-v2',
    remark:
      'The package is MIT; its text says that the instructions of the program on the chain, which aren’t in the package, are under GPL 3.0. Left out of the bundle.',
  },
  {
    name: 'eyes',
    remark:
      'Declares nothing; its text is MIT. jayson brings it for its command line, which nothing here runs.',
  },
  {
    name: 'text-encoding-utf-8',
    remark: 'Declares nothing; its text puts it in the public domain (Unlicense). Left out of the bundle.',
  },
  {
    name: '@napi-rs/keyring-linux-*',
    remark:
      'Built with libdbus, which may be had under the Academic Free License 2.1 or GPL 2.0 or later: the former is chosen. All other parts of the binary are MIT, Apache-2.0, BSD or ISC; its LICENSE.third-party.md has every text.',
  },
  {
    name: 'argparse',
    remark:
      'Python’s licence, permissive. The GPL is mentioned where its text says what is compatible with it.',
  },
  {
    name: 'lightningcss*',
    remark: 'Copyleft file by file. Shrinks styles when the pages are built; nothing of it is in them.',
  },
  { name: '@axe-core/playwright', remark: 'Copyleft file by file. Tests accessibility; never shipped.' },
  { name: 'axe-core', remark: 'The same.' },
  {
    name: 'caniuse-lite',
    remark: 'Data on browsers under CC BY, read when building; never shipped.',
  },
];

/** What users get without a licence text of its own, though its package.json names one. */
export const WITHOUT_TEXT: ReadonlySet<string> = new Set([
  '@drift-labs/sdk',
  '@coral-xyz/anchor',
  '@coral-xyz/borsh',
  'bs58',
  'lazy-val',
  'fancy-canvas',
  'react-remove-scroll-bar',
]);

export const isMeant = ({ name: meant }: LicenceRemark, name: string): boolean =>
  meant.endsWith('*') ? name.startsWith(meant.slice(0, -1)) : name === meant;
