/** Times as the trader's own clock shows them. Numbers only: the same in every language, and always as wide. */
const twoDigits = (part: number): string => part.toString().padStart(2, '0');

/** "14:02:11", local time. `at` in Unix ms. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** "2026-03-14", local time. `at` in Unix ms. */
export function calendarDay(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
}

/** "2026-03-14 14:02:11", local time. `at` in Unix ms. */
export const dayAndTime = (at: number): string => `${calendarDay(at)} ${timeOfDay(at)}`;

/** For `<time dateTime>`: ISO 8601, UTC. Empty for what is no time. */
export function machineTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
