/**
 * A typed secret as bytes, which the signer zeroes. The string it was typed as can't be zeroed by anything in JavaScript:
 * it is gone with the process of this window, which ends with the ceremony.
 */
export const bytesOf = (typed: string): Uint8Array => new TextEncoder().encode(typed);

/** Takes what was typed out of its fields, joined by `between`. The fields are empty afterwards. */
export function takeFrom(fields: readonly HTMLInputElement[], between = ''): Uint8Array {
  const bytes = bytesOf(fields.map(({ value }) => value).join(between));
  for (const field of fields) field.value = '';
  return bytes;
}

/** Zeroes every byte in an answer that has been sent. */
export function zero(answer: unknown): void {
  if (answer instanceof Uint8Array) answer.fill(0);
  else if (typeof answer === 'object' && answer !== null) Object.values(answer).forEach(zero);
}
