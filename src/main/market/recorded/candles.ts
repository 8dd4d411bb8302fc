export const readCandles = (_f: string): any => {
  throw new Error('stub');
};
