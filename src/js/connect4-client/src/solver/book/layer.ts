/**
 * The opening book: exact scores of all boards with so many discs, without keys.
 *
 * A board is found by the heights of its columns, then by the rank of who has which discs, as
 * tools/opening_book/shapes.py numbers them. The search looks it up; this says where the scores of
 * each shape begin.
 */

import { COLUMNS, ROWS } from "../../game/rules";

/** How many discs lie on the boards of a layer; one file each. */
export type LayerDiscs = 8 | 12;

const HEIGHTS = ROWS + 1;
/** The heights of six columns; that of the seventh follows from the number of discs. */
const SHAPES = HEIGHTS ** (COLUMNS - 1);
/** The board is to be read from the right. */
const MIRRORED = 0x8000;

/** For each shape, in how many shapes' boards before it, as the search reads it. */
export function placesOf(discs: number): Uint16Array {
  const places = new Uint16Array(SHAPES);
  let next = 0;
  for (let shape = 0; shape < SHAPES; shape++) {
    const heights = heightsOf(shape, discs);
    const last = heights.at(-1) ?? 0;
    if (last < 0 || last > ROWS) {
      continue;
    }
    const image = shapeOf(heights.toReversed());
    places[shape] = image < shape ? MIRRORED | (places[image] ?? 0) : next++;
  }
  return places;
}

function heightsOf(shape: number, discs: number): number[] {
  const heights: number[] = [];
  let rest = shape;
  for (let column = 1; column < COLUMNS; column++) {
    heights.unshift(rest % HEIGHTS);
    rest = Math.floor(rest / HEIGHTS);
  }
  return [...heights, discs - heights.reduce((sum, height) => sum + height)];
}

function shapeOf(heights: readonly number[]): number {
  return heights.slice(0, -1).reduce((shape, height) => shape * HEIGHTS + height, 0);
}
