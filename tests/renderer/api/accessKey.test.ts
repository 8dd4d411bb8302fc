import { describe, expect, test } from 'vitest';
import { forget, keep, keyIn, takeKey, type KeyPlace } from '../../../src/renderer/api/accessKey.ts';

function placeAt(hash: string, kept: Record<string, string> = {}) {
  const replaced: string[] = [];
  const place: KeyPlace = {
    storage: {
      getItem: (name) => kept[name] ?? null,
      setItem: (name, value) => void (kept[name] = value),
      removeItem: (name) => void Reflect.deleteProperty(kept, name),
    },
    location: { hash, pathname: '/', search: '?screen=vault' },
    history: { state: null, replaceState: (_state, _unused, url) => void replaced.push(String(url)) },
  };
  return { place, replaced, kept };
}

describe('the key of a page', () => {
  test('is taken from the address, kept, and removed from the address', () => {
    const { place, replaced } = placeAt('#key=abc123');
    expect(takeKey(place)).toBe('abc123');
    expect(replaced).toEqual(['/?screen=vault']);
    expect(takeKey({ ...place, location: { ...place.location, hash: '' } })).toBe('abc123');
  });

  test('is not there on a page that was opened without it', () => {
    expect(takeKey(placeAt('').place)).toBeUndefined();
    expect(takeKey(placeAt('#other=1').place)).toBeUndefined();
  });

  test('in the address wins over one from before', () => {
    const { place } = placeAt('#key=new');
    keep(place.storage, 'old');
    expect(takeKey(place)).toBe('new');
  });

  test('can be forgotten', () => {
    const { place } = placeAt('');
    keep(place.storage, 'abc');
    forget(place.storage);
    expect(takeKey(place)).toBeUndefined();
  });

  test('works for as long as the page is open where the browser keeps nothing', () => {
    const { place } = placeAt('#key=abc');
    const storage = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
      removeItem: () => undefined,
    };
    expect(takeKey({ ...place, storage })).toBe('abc');
    expect(takeKey({ ...place, storage, location: { ...place.location, hash: '' } })).toBeUndefined();
  });
});

describe('a pasted text', () => {
  test.each([
    ['http://127.0.0.1:8080/#key=abc', 'abc'],
    ['  #key=abc ', 'abc'],
    ['key=abc', 'abc'],
    ['abc', 'abc'],
    ['http://127.0.0.1:8080/', ''],
    ['#nothing=1', ''],
    ['', ''],
  ])('"%s" has the key "%s"', (text, key) => {
    expect(keyIn(text)).toBe(key);
  });
});
