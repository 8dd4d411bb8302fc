const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'];

/** A count of bytes in its largest unit: "4.2 MiB". */
export function bytesWords(bytes: number): string {
  let amount = bytes;
  let at = 0;
  while (amount >= 1024 && at < UNITS.length - 1) {
    amount /= 1024;
    at += 1;
  }
  return `${at === 0 ? amount : amount.toFixed(1)} ${UNITS[at] ?? ''}`;
}
