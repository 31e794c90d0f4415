/** Lines of a file as `[first, last]` pairs, in order. */
export type LineRanges = readonly (readonly [first: number, last: number])[];

/** The lines that failed each of the rules that hold at a moment: what lists and other files said when it was checked. */
export type Verdict = Readonly<Record<string, LineRanges>>;

/** Sorted lines as ranges. */
export function toRanges(lines: readonly number[]): LineRanges {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else if (!last || line > last[1]) ranges.push([line, line]);
  }
  return ranges;
}

export function countLines(ranges: LineRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The lines of ranges as a relation with one column, `line`. */
export function linesRelation(ranges: LineRanges): string {
  if (ranges.length === 0) return '(SELECT CAST(NULL AS BIGINT) AS line WHERE false)';
  const [firsts, lasts] = [ranges.map(([first]) => first), ranges.map(([, last]) => last)];
  return `(SELECT unnest(range(first, last + 1)) AS line FROM (SELECT unnest([${firsts.join(', ')}]) AS first, unnest([${lasts.join(', ')}]) AS last))`;
}
