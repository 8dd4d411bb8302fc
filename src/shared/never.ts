/** Marks the end of an exhaustive switch: a new member of the union stops compiling here. */
export function ensureNever(member: never): never {
  throw new TypeError(`unexpected ${JSON.stringify(member)}`);
}
