import { mkdirSync, rmSync } from 'node:fs';
import type { Lake } from '../../storage/lake.ts';
import { type FileColumns, readColumns } from '../features/file-columns.ts';
import { asReceived, type Feature, type Treatment, treat } from '../features/treatment.ts';
import { Points } from '../models/points.ts';
import { type FitSettings, fitGroups, type Groups } from './fit-groups.ts';

export interface SegmentedFile {
  readonly rows: number;
  readonly ids: readonly string[];
  readonly features: readonly Feature[];
  /** Of each group and feature, as the file writes it; of texts, the share of rows that have it. */
  readonly means: readonly (readonly number[])[];
  readonly groups: Groups;
  readonly warnings: readonly string[];
}

export interface SegmentFileQuestion extends FitSettings {
  readonly path: string;
  readonly columns: readonly { readonly name: string; readonly treatment?: Treatment | undefined }[];
  readonly id?: string | undefined;
}

/** Parts the rows of a file into groups, without loading it. @param folder of its own, removed at the end. */
export async function segmentFile(lake: Lake, question: SegmentFileQuestion, folder: string): Promise<SegmentedFile> {
  const { path, columns, id, ...settings } = question;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let file: FileColumns;
  try {
    file = await readColumns(lake, path, { names: columns.map(({ name }) => name), id }, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const asked = new Map(columns.flatMap(({ name, treatment }) => (treatment ? [[name, treatment] as const] : [])));
  const { features, values, warnings } = treat(file.columns, asked);
  const points = new Points(file.rows, features.length);
  values.forEach((column, at) => {
    for (let row = 0; row < file.rows; row++) points.values[row * points.stride + at] = column[row]!;
  });
  const groups = await fitGroups(points, settings);
  const means = Array.from({ length: groups.groups }, (_, one) =>
    features.map((feature, at) => asReceived(feature, groups.centers[one * points.stride + at]!)),
  );
  return {
    rows: file.rows,
    ids: file.ids,
    features,
    means,
    groups,
    warnings: [...file.warnings, ...warnings, ...groups.warnings],
  };
}
