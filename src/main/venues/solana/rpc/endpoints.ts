import { AppError } from '../../../../shared/contract/appError.ts';
import { Endpoint } from './endpoint.ts';
import { NodeAddress, type NodeUrls } from './nodeAddress.ts';

/**
 * An endpoint for each address, with names that tell them apart: two accounts at one provider have the same host.
 * @throws AppError INVALID_SETTING
 */
export function endpointsOf(urls: readonly NodeUrls[], elapsed: () => number): readonly Endpoint[] {
  if (urls.length === 0)
    throw new AppError('INVALID_SETTING', 'Enter the address of at least one Solana node.');
  const named = new Map<string, number>();
  return urls.map((url) => {
    const address = new NodeAddress(url);
    const count = (named.get(address.name) ?? 0) + 1;
    named.set(address.name, count);
    return new Endpoint(address, count === 1 ? address.name : `${address.name} (${count})`, elapsed);
  });
}
