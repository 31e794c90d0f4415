/** Numbers of an upper triangle in tiles. */
export const triangle = (stride: number): number => (stride / 2) * (stride + 4);

/**
 * Writes an upper triangle, by rows of `size`, as densities read it: by four columns, each down to the last row that
 * the four have.
 */
export function writeTiles(upper: Float64Array, size: number, into: Float64Array, from: number): void {
  let at = from;
  for (let first = 0; first < size; first += 4)
    for (let row = 0; row < first + 4; row++)
      for (let column = first; column < first + 4; column++, at++)
        into[at] = row <= column && column < size ? upper[row * size + column]! : 0;
}
