import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

process.env.UV_THREADPOOL_SIZE ??= '16';

const full = process.env.RAMAL_TEST_FULL === '1';
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', ...(full ? [] : ['**/*.full.test.ts'])],
    environment: 'node',
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    // Files run one after the other in the same processes, loaded by Node itself: half the time of a run was loading.
    isolate: false,
    experimental: { viteModuleRunner: false },
    // One more than cores: browsers and servers are waited for.
    maxWorkers: Math.min(8, 1 + availableParallelism()),
    watch: false,
    testTimeout: full ? 300_000 : 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    restoreMocks: true,
    allowOnly: process.env.CI !== 'true',
    passWithNoTests: false,
  },
});
