import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MOST_COLORS = 256;
const CHANNELS = 3;

/** Pixels as red, green, blue. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/**
 * A browser's PNG with a palette of at most 256 colours, a third of its size. A picture of an app has few colours, and
 * those that are there most often stay exactly what they are.
 */
export function indexedPng(png: Buffer): Buffer {
  const { width, height, pixels } = decoded(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += CHANNELS) {
    const color = pixels.readUIntBE(at, CHANNELS);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const palette: number[] = [];
  const indexOf = new Map<number, number>();
  for (const box of boxesOf(counts)) {
    for (const color of box) indexOf.set(color, palette.length);
    palette.push(box.reduce((a, b) => ((counts.get(b) ?? 0) > (counts.get(a) ?? 0) ? b : a)));
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const color = pixels.readUIntBE((y * width + x) * CHANNELS, CHANNELS);
      rows[y * (width + 1) + 1 + x] = indexOf.get(color) ?? 0;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, each the number of a colour in the palette.
  header.set([8, 3], 8);
  const colors = Buffer.alloc(palette.length * CHANNELS);
  for (const [at, color] of palette.entries()) colors.writeUIntBE(color, at * CHANNELS, CHANNELS);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colors),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colours in as many groups as a palette has, near ones together: the group that varies most is split first. */
function boxesOf(counts: ReadonlyMap<number, number>): readonly (readonly number[])[] {
  let boxes = [boxOf([...counts.keys()], counts)];
  while (boxes.length < MOST_COLORS) {
    const widest = boxes.reduce((a, b) => (b.weight > a.weight ? b : a));
    if (widest.weight === 0) break;
    const { colors, channel } = widest;
    const sorted = colors.toSorted((a, b) => channelOf(a, channel) - channelOf(b, channel));
    const half = Math.floor(sorted.length / 2);
    const parts = [sorted.slice(0, half), sorted.slice(half)].map((part) => boxOf(part, counts));
    boxes = [...boxes.filter((box) => box !== widest), ...parts];
  }
  return boxes.map(({ colors }) => colors);
}

interface Box {
  readonly colors: readonly number[];
  /** The channel in which its colours differ most. */
  readonly channel: number;
  /** How much it would gain by being split: how far its colours are apart, and how many pixels have them. */
  readonly weight: number;
}

function boxOf(colors: readonly number[], counts: ReadonlyMap<number, number>): Box {
  const spans = [0, 1, 2].map((channel) => {
    const values = colors.map((color) => channelOf(color, channel));
    return Math.max(...values) - Math.min(...values);
  });
  const span = Math.max(...spans);
  const pixels = colors.reduce((sum, color) => sum + (counts.get(color) ?? 0), 0);
  return { colors, channel: spans.indexOf(span), weight: span ** 2 * Math.sqrt(pixels) };
}

const channelOf = (color: number, channel: number): number => (color >> (8 * (2 - channel))) & 255;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** As browsers write it: eight bits a channel, no transparency, not interlaced. */
function decoded(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      if (data[8] !== 8 || data[9] !== 2) throw new Error('This is not a picture as a browser takes it');
    }
    if (type === 'IDAT') parts.push(data);
    at += 12 + length;
  }
  return { width, height, pixels: unfiltered(inflateSync(Buffer.concat(parts)), width * CHANNELS, height) };
}

/** Each row says in its first byte how it was written: as the difference to the left, to above, or to both. */
function unfiltered(raw: Buffer, stride: number, height: number): Buffer {
  const pixels = Buffer.alloc(stride * height);
  const pixel = (y: number, x: number): number => (y < 0 || x < 0 ? 0 : (pixels[y * stride + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const [left, up, corner] = [pixel(y, x - CHANNELS), pixel(y - 1, x), pixel(y - 1, x - CHANNELS)];
      const from = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter ?? 0] ?? 0;
      pixels[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + from;
    }
  }
  return pixels;
}

/** Paeth's predictor, as PNG has it. */
function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
