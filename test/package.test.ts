import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import lock from '../package-lock.json' with { type: 'json' };
import { importsOf } from './architecture.ts';
import { readTree } from './tree.ts';

interface LockEntry {
  version?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const entries = Object.entries(lock.packages as Record<string, LockEntry>);
const locked = new Map(entries);
const groups = {
  dependencies: manifest.dependencies as Record<string, string>,
  devDependencies: manifest.devDependencies as Record<string, string>,
  optionalDependencies: manifest.optionalDependencies as Record<string, string>,
};

describe('package.json', () => {
  it('stays within its number of dependencies', () => {
    expect(Object.keys(groups.dependencies).length).toBeLessThanOrEqual(22);
    expect(Object.keys(groups.devDependencies).length).toBeLessThanOrEqual(16);
  });

  it('pins exact versions', () => {
    const all = Object.values(groups).flatMap((group) => Object.entries(group));
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('asks for one Node on every platform', () => {
    expect(new Set(Object.values(groups.optionalDependencies)).size).toBe(1);
  });

  it('needs no install scripts of its own', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('says the same as package.json', () => {
    const root = locked.get('');
    for (const [name, group] of Object.entries(groups)) expect(root?.[name as keyof LockEntry]).toEqual(group);
  });

  it('installs from any registry: it names none', () => {
    expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([]);
  });

  it.each(['@biomejs/biome', '@duckdb/node-bindings', 'rolldown', 'lightningcss'])(
    "has %s's binaries for the platforms that Node is shipped for",
    (name) => {
      const offered = locked.get(`node_modules/${name}`)?.optionalDependencies ?? {};
      for (const platform of [/linux-x64(-gnu)?$/, /linux-arm64(-gnu)?$/, /win32-x64(-msvc)?$/]) {
        const wanted = Object.keys(offered).find((binary) => platform.test(binary));
        expect(wanted, `${name} offers ${platform.source}`).toBeDefined();
        expect([...locked.keys()], `${name} for ${platform.source}`).toContain(`node_modules/${wanted}`);
      }
    },
  );

  it('has every Node package', () => {
    for (const name of Object.keys(groups.optionalDependencies)) {
      expect([...locked.keys()]).toContain(`node_modules/${name}`);
    }
  });
});

describe('start.mjs', () => {
  it('runs before anything is installed: only built-in modules', () => {
    const text = readTree().get('start.mjs') ?? '';
    const known = new Set(builtinModules.map((name) => `node:${name}`));
    expect(importsOf('start.mjs', text).filter(({ target }) => !known.has(target))).toEqual([]);
  });
});
