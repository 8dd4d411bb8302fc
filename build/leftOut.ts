/**
 * What the Drift SDK and its packages load at their start, and this program never uses. In the bundle each is replaced by
 * a stand-in that refuses to be used (standIns/leftOut.ts): it isn't shipped, and its licence asks nothing of anybody.
 * By the name that it is asked for.
 */
export const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  // Price feeds of Switchboard. The Business Source License allows no use in production.
  ['@switchboard-xyz/on-demand', 'price feeds of Switchboard'],
  ['@coral-xyz/anchor-30', 'price feeds of Switchboard'],
  // Prices that a client brings to the chain itself. Those that are on the chain are read with the program's own layout.
  ['@pythnetwork/price-service-sdk', 'posting prices of Pyth'],
  ['@pythnetwork/pyth-lazer-sdk', 'posting prices of Pyth'],
  // Binaries that nobody but their authors has built.
  ['@triton-one/yellowstone-grpc', 'streams over gRPC'],
  ['helius-laserstream', 'streams over gRPC'],
  // Other venues that a spot order may be filled at: ours are filled by makers and Drift itself.
  ['@ellipsis-labs/phoenix-sdk', 'the venue Phoenix'],
  ['../decode/phoenix', 'the venue Phoenix'],
  ['@openbook-dex/openbook-v2', 'the venue OpenBook'],
  ['@project-serum/serum', 'the venue Serum'],
  ['@msgpack/msgpack', 'the swaps of Titan'],
  ['zstddec', 'compressed lists of accounts'],
  // Interfaces of programs that lie on the chain: Drift's is in the SDK.
  ['pako', 'reading an interface from the chain'],
  // Connections past our own to the nodes (src/main/venues/solana/rpc), which knows their limits and keeps their keys.
  ['cross-fetch', 'requests past the pool of nodes'],
  ['gill', 'requests past the pool of nodes'],
  ['node-fetch', 'requests past the pool of nodes'],
  ['ws', 'sockets past the pool of nodes'],
  // Signatures are the signer's alone.
  ['tweetnacl', 'signing'],
  ['tweetnacl-util', 'signing'],
  // Node.js has it.
  ['text-encoding-utf-8', 'encoding text'],
]);
