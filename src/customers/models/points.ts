/**
 * A table of numbers, row by row, in memory that threads share. Each row is padded with zeros to a multiple of four, so
 * that loops go by fours without a rest.
 */
export class Points {
  readonly rows: number;
  readonly columns: number;
  /** Numbers from a row to the next. */
  readonly stride: number;
  readonly values: Float64Array<SharedArrayBuffer>;

  constructor(rows: number, columns: number, memory?: SharedArrayBuffer) {
    this.rows = rows;
    this.columns = columns;
    this.stride = strideOf(columns);
    this.values = new Float64Array(memory ?? new SharedArrayBuffer(8 * rows * this.stride));
  }

  static of(rows: readonly (readonly number[])[]): Points {
    const points = new Points(rows.length, rows[0]?.length ?? 0);
    rows.forEach((row, index) => {
      points.values.set(row, index * points.stride);
    });
    return points;
  }

  /** The mean of each column. */
  means(): Float64Array {
    const { rows, stride, values } = this;
    const means = new Float64Array(stride);
    for (let row = 0, at = 0; row < rows; row++)
      for (let column = 0; column < stride; column++, at++)
        means[column]! += (values[at]! - means[column]!) / (row + 1);
    return means;
  }

  /** The covariance of the columns about their means, by rows, over one row fewer. */
  covariance(means: Float64Array): Float64Array {
    const { rows, columns, stride, values } = this;
    const products = new Float64Array(columns * columns);
    const far = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) far[column] = values[row * stride + column]! - means[column]!;
      for (let one = 0; one < columns; one++)
        for (let other = one; other < columns; other++) products[one * columns + other]! += far[one]! * far[other]!;
    }
    for (let one = 0; one < columns; one++)
      for (let other = one; other < columns; other++) {
        products[one * columns + other]! /= rows - 1;
        products[other * columns + one] = products[one * columns + other]!;
      }
    return products;
  }
}

/** Columns, and the zeros that fill them up to a multiple of four. */
export const strideOf = (columns: number): number => Math.ceil(columns / 4) * 4;
