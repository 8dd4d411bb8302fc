/**
 * A program that has a secret in its memory, once as bytes and once as text, and nowhere else. It answers whatever
 * comes on its input. Arguments: a secret key and a word, backwards and in hex.
 */
const [bytes, word] = process.argv.slice(2).map((hex) => Buffer.from(hex, 'hex').reverse());
const kept = { bytes, word: String(word) };
process.stdout.write('ready');
process.stdin.on('data', () => process.stdout.write(kept.word === '' ? '' : 'here'));
process.stdin.on('end', () => kept.bytes?.fill(0));
