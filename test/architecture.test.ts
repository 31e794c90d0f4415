import { describe, expect, it } from 'vitest';
import { HOUSE, importsOf, printedHouse, RULES } from './architecture.ts';
import { readTree } from './tree.ts';

const tree = readTree();

describe('the house', () => {
  it.each(Object.entries(RULES))('%s', (_, rule) => {
    expect(rule(tree)).toEqual([]);
  });
});

interface Example {
  rule: string;
  bad: Record<string, string>;
  good?: Record<string, string>;
}

const house = (names: readonly string[]) =>
  `\`\`\`\nsrc/\n${names.map((name) => `  ${name}/  words`).join('\n')}\n\`\`\``;
const lines = (count: number) => 'x;\n'.repeat(count);

const EXAMPLES: Example[] = [
  {
    rule: 'importOrder',
    bad: { 'src/kernel/clock.ts': "import { lake } from '../storage/lake.ts';" },
    good: { 'src/storage/lake.ts': "import { clock } from '../kernel/clock.ts'; import './ledger.ts';" },
  },
  { rule: 'importOrder', bad: { 'src/people/x.ts': "import type { A } from '../scoring/a.ts';" } },
  { rule: 'importOrder', bad: { 'src/people/x.ts': "export * from '../cli/a.ts';" } },
  { rule: 'importOrder', bad: { 'src/people/x.ts': "const a = await import('../api/a.ts');" } },
  { rule: 'importOrder', bad: { 'src/people/x.ts': "let a: import('../api/a.ts').A;" } },
  { rule: 'importOrder', bad: { 'src/demo/x.ts': "import { a } from '../intake/a.ts';" } },
  {
    rule: 'importOrder',
    bad: { 'src/cli/x.ts': "import { a } from '../main.ts';" },
    good: { 'src/main.ts': "import { a } from './cli/a.ts';" },
  },
  {
    rule: 'importOrder',
    bad: { 'src/lake/x.ts': "import { full } from '../../test/services.ts';" },
    good: { 'src/lake/x.test.ts': "import { full } from '../../test/services.ts';" },
  },
  { rule: 'importOrder', bad: { 'src/api/x.ts': "import { a } from '../../web/a.ts';" } },
  {
    rule: 'typesOnlyInWeb',
    bad: { 'web/page.svelte': '<p>1</p>\n<script lang="ts">\nimport { A } from \'../src/api/a.ts\';\n</script>' },
    good: { 'web/page.svelte': '<script lang="ts">import type { A } from \'../src/api/a.ts\';</script>' },
  },
  { rule: 'typesOnlyInWeb', bad: { 'web/a.ts': "import { type A } from '../src/api/a.ts';" } },
  {
    rule: 'driversInStorage',
    bad: { 'src/lake/x.ts': "import postgres from 'postgres';" },
    good: { 'src/storage/x.ts': "import postgres from 'postgres';" },
  },
  { rule: 'driversInStorage', bad: { 'src/lake/x.ts': "import type { DuckDBConnection } from '@duckdb/node-api';" } },
  { rule: 'driversInStorage', bad: { 'src/dialer/x.ts': "import { Redis } from 'ioredis';" } },
  { rule: 'driversInStorage', bad: { 'src/dialer/x.ts': "import { PGlite } from '@electric-sql/pglite';" } },
  {
    rule: 'plotInCharts',
    bad: { 'web/page.ts': "import * as Plot from '@observablehq/plot';" },
    good: { 'web/charts/line.ts': "import * as Plot from '@observablehq/plot';" },
  },
  {
    rule: 'coloursInTheme',
    bad: { 'web/a.css': 'a { color: #0B3F82; }' },
    good: {
      'web/theme.css': 'a { color: #0B3F82; }',
      'web/a.css': '/* #123 */ a { color: var(--ink); white-space: nowrap }',
    },
  },
  { rule: 'coloursInTheme', bad: { 'web/a.css': 'a { border: 1px solid rgb(0 0 0 / 50%); }' } },
  { rule: 'coloursInTheme', bad: { 'web/a.css': 'a { border: 1px solid red }' } },
  { rule: 'coloursInTheme', bad: { 'web/a.svelte': '<style>a { background: hsl(0 0% 0%); }</style>' } },
  { rule: 'coloursInTheme', bad: { 'web/a.svelte': '<rect fill="tomato" />' } },
  { rule: 'coloursInTheme', bad: { 'web/a.svelte': '<p style="color: red">x</p>' } },
  { rule: 'coloursInTheme', bad: { 'web/a.svelte': '<p style:color="red">x</p>' } },
  { rule: 'coloursInTheme', bad: { 'web/a.svelte': "<rect fill={on ? '#fff' : 'var(--ink)'} />" } },
  { rule: 'coloursInTheme', bad: { 'web/charts/a.ts': "const palette = ['#0B3F82'];" } },
  {
    rule: 'coloursInTheme',
    bad: { 'web/charts/a.ts': "plot({ stroke: 'black' });" },
    good: {
      'web/charts/a.ts': "class A { #add = 1; } plot({ stroke: 'currentColor', layer: 'gold', fill: 'var(--ink)' });",
      'web/a.svelte': '{#each rows as row}<a href="#add">red</a><use href="#fade" />{/each}',
    },
  },
  {
    rule: 'kebabCase',
    bad: { 'src/kernel/homeLock.ts': '' },
    good: { 'src/kernel/home-lock.test.ts': '', 'src/storage/migrations/0001-start.sql': '', 'web/.gitignore': '' },
  },
  { rule: 'kebabCase', bad: { 'web/Page.svelte': '' } },
  { rule: 'kebabCase', bad: { 'src/my_folder/a.ts': '' } },
  {
    rule: 'shortFiles',
    bad: { 'src/kernel/a.ts': lines(401) },
    good: {
      'src/kernel/a.ts': lines(400),
      'src/kernel/b.ts': `// long: one table\n${lines(500)}`,
      'src/lake/c.sql': `-- long: one statement\n${lines(500)}`,
    },
  },
  { rule: 'shortFiles', bad: { 'start.mjs': lines(401) } },
  { rule: 'shortFiles', bad: { 'src/kernel/a.ts': `// long:\n${lines(500)}` } },
  { rule: 'onlyHouseFolders', bad: { 'src/utils/a.ts': '' }, good: { 'src/kernel/a.ts': '', 'src/main.ts': '' } },
  { rule: 'onlyHouseFolders', bad: { 'src/helper.ts': '' } },
  {
    rule: 'houseInReadme',
    bad: { 'README.md': house(HOUSE.slice(1)) },
    good: { 'README.md': house(HOUSE) },
  },
  { rule: 'houseInReadme', bad: { 'README.md': house([...HOUSE].reverse()) } },
  { rule: 'houseInReadme', bad: { 'README.md': 'no list' } },
  {
    rule: 'noConsole',
    bad: { 'src/lake/a.ts': 'console.log(1);' },
    good: { 'src/cli/a.ts': 'console.log(1);', 'src/main.ts': 'console.log(1);', 'src/lake/a.ts': '// console.log' },
  },
  {
    rule: 'noEnums',
    bad: { 'src/lake/a.ts': 'export enum Kind { a }' },
    good: { 'src/lake/a.ts': "export type Kind = 'enum';" },
  },
  { rule: 'noEnums', bad: { 'web/a.svelte': '<script lang="ts">const enum Kind { a }</script>' } },
  {
    rule: 'noLeftovers',
    bad: { 'src/lake/a.ts': `// ${'TO'}${'DO'}: later` },
    good: { 'src/lake/a.ts': '// todos os contatos' },
  },
  { rule: 'noLeftovers', bad: { 'src/lake/a.sql': `-- ${'FIX'}${'ME'}` } },
];

describe('the rules themselves', () => {
  it.each(EXAMPLES)('$rule refuses $bad', ({ rule, bad, good }) => {
    expect(RULES[rule]?.(new Map(Object.entries(bad)))).toHaveLength(1);
    expect(RULES[rule]?.(new Map(Object.entries(good ?? {})))).toEqual([]);
  });

  it('have an example each', () => {
    expect(Object.keys(RULES).filter((name) => !EXAMPLES.some(({ rule }) => rule === name))).toEqual([]);
  });

  it('name the line of an import inside a component', () => {
    const [found] = importsOf('web/a.svelte', "<p>1</p>\n<script>\nimport './b.ts';\n</script>");
    expect(found).toEqual({ target: 'web/b.ts', typeOnly: false, line: 3 });
  });

  it('read the house up to the end of its list', () => {
    expect(printedHouse('src/\n  kernel/  a\n  api/ b\n  main.ts\nweb/\n  charts/\n')).toEqual(['kernel', 'api']);
  });
});
