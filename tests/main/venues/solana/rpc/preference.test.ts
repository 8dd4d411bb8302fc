import { describe, expect, it } from 'vitest';

import { Endpoint } from '../../../../../src/main/venues/solana/rpc/endpoint.ts';
import { NodeAddress } from '../../../../../src/main/venues/solana/rpc/nodeAddress.ts';
import { NodeFault, type FaultKind } from '../../../../../src/main/venues/solana/rpc/nodeFault.ts';
import { inOrder } from '../../../../../src/main/venues/solana/rpc/preference.ts';

function endpoint(name: string, latencyMs?: number, fault?: FaultKind, waitMs = 0): Endpoint {
  const made = new Endpoint(new NodeAddress({ http: 'http://node.example' }), name, () => 0);
  if (latencyMs !== undefined) {
    made.answered(latencyMs);
    made.mended();
  }
  if (fault !== undefined) made.failed(new NodeFault(fault, 'no', { waitMs }));
  return made;
}

const names = (endpoints: readonly Endpoint[]): readonly string[] => endpoints.map(({ name }) => name);

describe('the order in which nodes are asked', () => {
  it('is by state, then by latency, without those of another network and those who ask to be left alone', () => {
    const nodes = [
      endpoint('failing', 10, 'unreachable'),
      endpoint('wrong', 1, 'wrongNetwork'),
      endpoint('resting', 1, 'limited', 1_000),
      endpoint('rested', 1, 'limited', 0),
      endpoint('behind', 5, 'behind'),
      endpoint('slow', 300),
      endpoint('fast', 20),
      endpoint('unasked'),
    ];
    expect(names(inOrder(nodes, undefined))).toEqual([
      'fast',
      'slow',
      'unasked',
      'rested',
      'behind',
      'failing',
    ]);
  });

  it('is as the user has them where nothing is known of them', () => {
    expect(names(inOrder([endpoint('a'), endpoint('b'), endpoint('c')], undefined))).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['stays with the one in use where another is a little faster', 150, 60, ['used', 'other']],
    ['stays where it is slow, and the other is not twice as fast', 900, 500, ['used', 'other']],
    ['changes where the other is clearly faster', 300, 100, ['other', 'used']],
  ])('%s', (_, ours, theirs, order) => {
    const used = endpoint('used', ours);
    expect(names(inOrder([endpoint('other', theirs), used], used))).toEqual(order);
  });

  it('leaves the one in use when it fails', () => {
    const used = endpoint('used', 10, 'unreachable');
    expect(names(inOrder([used, endpoint('other', 400)], used))).toEqual(['other', 'used']);
  });
});
