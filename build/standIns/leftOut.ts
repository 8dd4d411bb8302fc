/**
 * Stands for a package that was left out of a bundle (leftOut.ts). It may be loaded and its members be named, as others do
 * while they are loaded themselves. Whoever calls one, makes one or looks into it is told what is missing.
 */
export function leftOut(name: string, what: string): object {
  const refuse = (): never => {
    throw new Error(`${name} (${what}) was left out of this program, and something has tried to use it.`);
  };
  const used = { apply: refuse, construct: refuse, set: refuse, defineProperty: refuse };
  const member = new Proxy(nothing, { ...used, get: refuse, has: refuse, ownKeys: refuse });
  return new Proxy(nothing, {
    ...used,
    // As an ES module it is handed on as it is; otherwise its members would be copied, and there are none.
    get: (_, key) => key === '__esModule' || (typeof key === 'symbol' ? undefined : member),
    has: () => false,
  });
}

/** A function, so that it can be called and made. */
function nothing(): void {
  return undefined;
}
