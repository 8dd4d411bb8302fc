/** What a promise is rejected with; looked at from now on, so that time may pass before it is awaited. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

/** No answer, ever. */
export const silence = (): Promise<never> => Promise.withResolvers<never>().promise;
