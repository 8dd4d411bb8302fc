export const readFunding = (_f: string): any => {
  throw new Error('stub');
};
