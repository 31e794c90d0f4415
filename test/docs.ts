import { posix } from 'node:path';
import type { Tree } from './architecture.ts';

/** The names in a catalogue: its strings, the `name`, `url` or `path` of its objects, or its keys. */
export function namesOf(catalogue: unknown): string[] {
  if (catalogue instanceof Map) return [...catalogue.keys()].map(String);
  if (!Array.isArray(catalogue)) return Object.keys(catalogue as object);
  return catalogue.map((entry: unknown) => {
    if (typeof entry === 'string') return entry;
    const { name, url, path } = entry as { name?: string; url?: string; path?: string };
    const found = name ?? url ?? path;
    if (found === undefined) throw new Error(`A catalogue's entry has no name, url or path: ${JSON.stringify(entry)}`);
    return found;
  });
}

/** The names that stand in no page of docs/ as a whole word. */
export function undocumented(names: string[], tree: Tree): string[] {
  const pages = [...tree].filter(([path]) => /^docs\/.*\.md$/.test(path)).map(([, text]) => text);
  return names.filter((name) => {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const word = new RegExp(`(?<![\\w/-])${escaped}(?![\\w/-])`);
    return !pages.some((page) => word.test(page));
  });
}

/** Relative links of the Markdown files that lead nowhere: a missing file or a missing heading. */
export function brokenLinks(tree: Tree): string[] {
  const folders = new Set([...tree.keys()].flatMap(foldersOf));
  return [...tree]
    .filter(([path]) => path.endsWith('.md'))
    .flatMap(([path, text]) =>
      linksOf(text).flatMap((link) => {
        const [file = '', anchor] = decodeURI(link).split('#');
        const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/, '');
        if (folders.has(target)) return [];
        const page = tree.get(target);
        if (page === undefined) return [`${path}: ${link} does not exist`];
        const known = anchor === undefined || !target.endsWith('.md') || anchorsOf(page).has(anchor);
        return known ? [] : [`${path}: ${link} names a heading that is not there`];
      }),
    );
}

/** What the table of docs/dependencies.md and package.json do not agree on. */
export function dependencyGaps(packages: string[], page: string): string[] {
  const rows = [...page.matchAll(/^\|\s*(`[^|]+`)\s*\|(.*)\|\s*$/gm)];
  const listed = rows.flatMap((row) => [...(row[1] ?? '').matchAll(/`([^`]+)`/g)].map((name) => name[1] ?? ''));
  return [
    ...packages.filter((name) => !listed.includes(name)).map((name) => `${name} has no line`),
    ...listed.filter((name) => !packages.includes(name)).map((name) => `${name} is not a dependency`),
    ...rows
      .filter((row) => (row[2] ?? '').split('|').some((cell) => cell.trim() === '') || row[2]?.split('|').length !== 4)
      .map((row) => `${row[1]} does not fill need, alternatives, reason and licence`),
  ];
}

function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map((match) => match[1] ?? '');
  const html = [...prose.matchAll(/\b(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map((match) => match[1] ?? '');
  return [...inline, ...html, ...references].filter((link) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link));
}

function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => match[1] ?? '');
  const slugs = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
  const ids = [...markdown.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1] ?? '');
  return new Set([...slugs, ...ids]);
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
