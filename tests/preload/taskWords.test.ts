import { expect, it } from 'vitest';
import { endWords, failedTitle, taskWords } from '../../src/preload/keys/taskWords.ts';

const ADDRESS = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';

it('asks before leaving wherever leaving loses something, and only there', () => {
  expect(taskWords({ kind: 'unlock', address: ADDRESS }).leaving).toBeUndefined();
  for (const task of [
    { kind: 'create' },
    { kind: 'import' },
    { kind: 'passphrase', address: ADDRESS },
  ] as const)
    expect(taskWords(task).leaving).toMatch(/\.$/);
});

it('tells a delegate from an owner at the head and at the end', () => {
  expect(taskWords({ kind: 'create', delegateOf: ADDRESS }).doing).toBe('New trading delegate');
  const end = {
    kind: 'stored',
    address: ADDRESS,
    name: 'Mine',
    owner: ADDRESS,
    path: null,
    hasPassphrase: false,
  } as const;
  expect(endWords({ ...end, role: 'delegate' }).sentences.join()).toContain('can’t withdraw');
  expect(endWords({ ...end, role: 'owner' }).sentences.join()).not.toContain('withdraw');
});

it('calls what the user ended cancelled, and everything else by what did not happen', () => {
  expect(failedTitle({ kind: 'create' }, 'CANCELLED')).toBe('Cancelled');
  expect(failedTitle({ kind: 'create' }, 'KEYCHAIN_UNAVAILABLE')).toBe('No wallet was created');
});
