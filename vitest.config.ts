import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

process.env.UV_THREADPOOL_SIZE ??= '16';

const full = process.env.RAMAL_TEST_FULL === '1';
const svelte = existsSync(new URL('web', import.meta.url))
  ? [(await import('@sveltejs/vite-plugin-svelte')).svelte({ configFile: false })]
  : [];

export default defineConfig({
  plugins: svelte,
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', ...(full ? [] : ['**/*.full.test.ts'])],
    environment: 'node',
    pool: 'forks',
    maxWorkers: Math.min(8, Math.max(2, availableParallelism())),
    watch: false,
    testTimeout: full ? 300_000 : 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    restoreMocks: true,
    allowOnly: process.env.CI !== 'true',
    passWithNoTests: false,
  },
});
