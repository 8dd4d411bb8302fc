/** A command's name as words: GET_EQUITY_CURVE is "Equity curve", STOP_ENGINE "Stop engine". */
export function commandWords(command: string): string {
  const words = command.replace(/^(?:GET|LIST|DRIFT)_/, '').replaceAll('_', ' ');
  return words === 'SOS' ? words : words.charAt(0) + words.slice(1).toLowerCase();
}
