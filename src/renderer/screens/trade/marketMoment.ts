const twoDigits = (part: number): string => part.toString().padStart(2, '0');

/** A moment as a field for one takes it, on the trader's own clock: "2026-03-14T14:02". `at` in Unix ms. */
export function momentField(at: number): string {
  const date = new Date(at);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day}T${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** What such a field says, Unix ms; null where it says no moment. */
export function localMoment(text: string): number | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}
