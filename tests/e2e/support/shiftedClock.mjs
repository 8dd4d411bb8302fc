// Loaded before the program (node --import): it starts at PROGRAM_STARTS_AT, so that a picture made today is the one
// that was made yesterday. Time goes on from there as it does everywhere.
const shift = Number(process.env.PROGRAM_STARTS_AT) - Date.now();
const RealDate = Date;
const now = () => RealDate.now() + shift;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }

  static now() {
    return now();
  }
};
