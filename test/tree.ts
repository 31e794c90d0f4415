import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

const TEXT = /\.(ts|mjs|js|svelte|css|sql|md|html|json)$/;
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'ramal-data', 'test-results', 'coverage']);

/** Every file of the repository that people write, by its path from the root; only text files carry their text. */
export function readTree(folders: string[] = ['']): Map<string, string> {
  const tree = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (NOT_OURS.has(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) tree.set(path, TEXT.test(path) ? readFileSync(join(ROOT, path), 'utf8') : '');
    }
  };
  for (const folder of folders) walk(folder);
  return tree;
}
