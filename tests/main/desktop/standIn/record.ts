/** Everything that was asked of Electron, in order: `protocol.handle app`. */
export const record: string[] = [];

export function note(...what: readonly unknown[]): void {
  record.push(what.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
}
