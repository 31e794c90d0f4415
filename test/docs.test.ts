import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { brokenLinks, dependencyGaps, namesOf, undocumented } from './docs.ts';
import { ROOT, readTree } from './tree.ts';

const tree = readTree();

const CATALOGUES = [
  { what: 'setting', file: 'src/kernel/config.ts', name: 'SETTINGS' },
  { what: 'command', file: 'src/cli/commands.ts', name: 'COMMANDS' },
  { what: 'indicator', file: 'src/metrics/registry.ts', name: 'INDICATORS' },
  { what: 'route', file: 'src/api/routes.ts', name: 'ROUTES' },
];

describe('docs/', () => {
  it.each(CATALOGUES)('names every $what', async ({ file, name }) => {
    const path = join(ROOT, file);
    if (!existsSync(path)) return;
    const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Record<string, unknown>;
    expect(Object.keys(module), `${file} exports its catalogue`).toContain(name);
    expect(undocumented(namesOf(module[name]), tree)).toEqual([]);
  });

  it('has no link that leads nowhere', () => {
    expect(brokenLinks(tree)).toEqual([]);
  });

  it('justifies every dependency', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const packages = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(dependencyGaps(packages, tree.get('docs/dependencies.md') ?? '')).toEqual([]);
  });
});

describe('the checks themselves', () => {
  it('take names from every shape of catalogue', () => {
    expect(namesOf({ PORT: {} })).toEqual(['PORT']);
    expect(namesOf(['build', { name: 'intake' }, { url: '/api/batches' }])).toEqual([
      'build',
      'intake',
      '/api/batches',
    ]);
    expect(() => namesOf([{}])).toThrow('no name');
  });

  it('want whole words, in docs/ alone', () => {
    const pages = new Map([
      ['docs/a.md', 'Set `PORTS`, run `ramal build`, call `/api/batches/:id`.'],
      ['README.md', 'HOST'],
    ]);
    expect(undocumented(['PORT', 'HOST', 'build', '/api/batches', '/api/batches/:id'], pages)).toEqual([
      'PORT',
      'HOST',
      '/api/batches',
    ]);
  });

  it('find links to missing files and headings, and leave code and the web alone', () => {
    const pages = new Map([
      ['docs/a.md', '# Início rápido\n[b](b.md) [x](x.md) [h](#início-rápido) [n](../README.md#nada) `[c](c.md)`'],
      ['docs/b.md', '[web](https://example.org) <img src="img/a.png"> [f](../docs)\n```\n[z](z.md)\n```\n'],
      ['README.md', '# Ramal'],
    ]);
    expect(brokenLinks(pages)).toEqual([
      'docs/a.md: x.md does not exist',
      'docs/a.md: ../README.md#nada names a heading that is not there',
      'docs/b.md: img/a.png does not exist',
    ]);
  });

  it('compare the table of dependencies both ways', () => {
    const page =
      '| `a`, `b` | need | others | why | MIT |\n| `gone` | need | others | why | MIT |\n| `c` | need | | why | MIT |';
    expect(dependencyGaps(['a', 'b', 'c', 'd'], page)).toEqual([
      'd has no line',
      'gone is not a dependency',
      '`c` does not fill need, alternatives, reason and licence',
    ]);
  });
});
