// Three kinds of tests: `*.test.ts` needs nothing, `*.db.test.ts` runs on the embedded database and again on a PostGIS
// server, `tests/browser` drives a real browser. `npm test` (tests/run.ts) chooses what this machine can run.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 120_000, hookTimeout: 180_000, pool: 'forks' as const, isolate: false }
/** Two browsers drawing in software keep two cores busy; database tests wait as much as they work. Two groups, one after the other. */
const drawing = { ...limits, maxWorkers: 2, sequence: { groupOrder: 0 } }
const waiting = { ...limits, maxWorkers: 3, sequence: { groupOrder: 1 } }

export default defineConfig({
  test: {
    projects: [
      {
        // The screens' words and stores hold runes, which only the compiler understands.
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'pure',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.db.test.ts', 'tests/browser/**'],
          ...waiting,
        },
      },
      {
        test: {
          name: 'embedded',
          include: ['tests/**/*.db.test.ts'],
          exclude: ['tests/browser/**'],
          env: { RELIGHT_TEST_DATABASE: 'embedded' },
          globalSetup: ['tests/fixtures/template-embedded.ts', 'tests/fixtures/template-embedded-region.ts'],
          ...waiting,
        },
      },
      {
        test: {
          name: 'postgis',
          include: ['tests/**/*.db.test.ts'],
          exclude: ['tests/browser/**'],
          env: { RELIGHT_TEST_DATABASE: 'server' },
          globalSetup: ['tests/fixtures/template-server.ts'],
          ...waiting,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          env: { RELIGHT_TEST_DATABASE: 'embedded' },
          globalSetup: [
            'tests/fixtures/template-embedded.ts',
            'tests/browser/fill-sketch.ts',
            'tests/browser/build-screens.ts',
          ],
          ...drawing,
        },
      },
    ],
  },
})
