import { linearRgb, type Triple } from './contrast.ts';

type Matrix = readonly [Triple, Triple, Triple];

/**
 * How colours look to people with full colour vision and to those who lack one kind of cone, in linear light.
 * Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), severity 1.
 */
export const VISIONS: Readonly<Record<string, Matrix>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** How far two colours look apart: the distance in OKLab (Ottosson 2020), where black and white are 1 apart. */
export function seenDistance(one: string, other: string, vision: Matrix): number {
  const [a, b] = [oklab(seen(one, vision)), oklab(seen(other, vision))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function seen(hex: string, vision: Matrix): Triple {
  const light = linearRgb(hex);
  return apply(vision, light, (value) => Math.min(1, Math.max(0, value)));
}

const TO_CONES: Matrix = [
  [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
  [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
  [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const TO_LAB: Matrix = [
  [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
  [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
  [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
];

const oklab = (light: Triple): Triple => apply(TO_LAB, apply(TO_CONES, light, Math.cbrt), (value) => value);

function apply(matrix: Matrix, [x, y, z]: Triple, then: (value: number) => number): Triple {
  const row = ([a, b, c]: Triple): number => then(a * x + b * y + c * z);
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}
