import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // On two cores vitest would run one file at a time.
    maxWorkers: 2,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A browser on a busy machine takes its time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
