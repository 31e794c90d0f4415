import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

/** Texts larger than this lie beside themselves packed, as the server sends them to browsers that may unpack: a third of the size. */
const PACKED_FROM = 1024;
const packed: Plugin = {
  name: 'packed',
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((one) => /\.(js|css)$/.test(one))) {
      const path = join(dir!, name);
      const content = readFileSync(path);
      if (content.length < PACKED_FROM) continue;
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${path}.br`, brotliCompressSync(content));
    }
  },
};

/** What draws charts: pages without any do not need it. */
const DRAWN = /node_modules[\\/](@observablehq|d3|internmap|interval-tree|isoformat|delaunator|robust-predicates)/;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: false }), packed],
  build: {
    ...{ outDir: 'dist', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
    // A page that opens anew waits for each file in turn: what pages share comes as one, and the drawing as another.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'charts', test: DRAWN },
            {
              name: 'shared',
              test: (id: string) => /[\\/](components|format|state|words)[\\/]/.test(id),
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.RAMAL_URL ?? 'http://127.0.0.1:8391' } },
});
