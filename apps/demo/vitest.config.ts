import { defineConfig } from 'vitest/config'

const inBrowser = {
  globalSetup: ['../../scripts/vitest-mongod.ts'],
  testTimeout: 60_000,
  maxWorkers: 2,
}

const journeys = {
  name: 'browser',
  include: ['test/browser/**/*.test.ts'],
  env: { TEST_DELIVERY: 'in-order' },
}

const journeysInDisorder = {
  name: 'browser-in-disorder',
  include: ['power-cut', 'subscription', 'top-up'].map((journey) => `test/browser/${journey}.test.ts`),
  env: { TEST_DELIVERY: 'in-disorder' },
}

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      { test: { ...inBrowser, ...journeys } },
      { test: { ...inBrowser, ...journeysInDisorder } },
    ],
  },
})
