import { defineConfig } from 'vitest/config'

const everything = {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  typecheck: { enabled: true, include: ['src/**/*.test-d.ts', 'test/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
  provide: { delivery: {} },
}

/** Stripe promises neither order nor uniqueness: what waits a moment goes out in any order, and twice. */
const journeysInDisorder = {
  include: ['test/journeys/**/*.test.ts'],
  provide: { delivery: { order: 'shuffled' as const, duplicates: 1, delayMs: 25 } },
}

export default defineConfig({
  test: {
    // On two cores vitest would run one file at a time.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['../../scripts/vitest-mongod.ts'],
    projects: [
      { extends: true, test: { name: 'in-order', ...everything } },
      { extends: true, test: { name: 'in-disorder', ...journeysInDisorder } },
    ],
  },
})
