/** How a bigint looks as text: its digits with an `n` behind them. Strings of that shape can't be state. */
const BIGINT = /^-?\d+n$/;

/**
 * Plain state as JSON with one addition, bigints, so that a checkpoint puts back exactly what it took. Written by hand
 * because a replacer makes JSON.stringify four times slower, and a checkpoint is written every simulated hour.
 * Throws a TypeError for what JSON would silently change: NaN, infinities, functions, instances of classes, strings that
 * look like a bigint.
 */
export function toStateText(state: unknown): string {
  switch (typeof state) {
    case 'bigint':
      return `"${state}n"`;
    case 'number':
      if (!Number.isFinite(state)) throw new TypeError(`${state} can't be kept as state`);
      return Object.is(state, -0) ? '-0' : String(state);
    case 'boolean':
      return String(state);
    case 'string':
      if (BIGINT.test(state)) throw new TypeError(`the text "${state}" can't be kept as state`);
      return JSON.stringify(state);
    case 'object':
      if (state === null) return 'null';
      return Array.isArray(state) ? listText(state) : recordText(state);
    default:
      throw new TypeError(`a ${typeof state} can't be kept as state`);
  }
}

export function fromStateText(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) =>
    typeof part === 'string' && BIGINT.test(part) ? BigInt(part.slice(0, -1)) : part,
  );
}

function listText(list: readonly unknown[]): string {
  let text = '';
  for (const one of list) text += `${text === '' ? '' : ','}${toStateText(one)}`;
  return `[${text}]`;
}

function recordText(record: object): string {
  if (Object.getPrototypeOf(record) !== Object.prototype)
    throw new TypeError('only plain records can be kept as state');
  let text = '';
  for (const [key, part] of Object.entries(record)) {
    if (part === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${toStateText(part)}`;
  }
  return `{${text}}`;
}
