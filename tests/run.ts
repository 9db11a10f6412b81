// `npm test`: every test this machine can run, then what was skipped and why, then one line of counts.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCluster } from './fixtures/postgres-cluster.ts'
import { hasKannel } from './fixtures/kannel.ts'
import { findBrowser } from './fixtures/find-browser.ts'

type Results = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numFailedTestSuites: number }

const reasons: string[] = []
const projects = ['pure', 'embedded']

const given = process.env['RELIGHT_TEST_POSTGRES']
const cluster = given === undefined ? await startCluster() : null
if (given ?? cluster) projects.push('postgis')
else reasons.push('the database tests on a PostGIS server: no PostgreSQL with PostGIS is installed')
const browser = await findBrowser()
if (browser) projects.push('browser')
else reasons.push('the browser tests: no Chromium was found')
if (!hasKannel) reasons.push('messages through Kannel: Debian’s package kannel is not installed')

const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-results-'))
const output = path.join(folder, 'results.json')
const child = spawnSync(
  process.execPath,
  [
    path.join(path.dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
    '--passWithNoTests',
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      RELIGHT_TEST_RUN: String(process.pid),
      ...(cluster ? { RELIGHT_TEST_POSTGRES: cluster.url } : {}),
      ...(browser ? { RELIGHT_TEST_BROWSER: browser } : {}),
    },
  },
)
cluster?.stop()

const results = existsSync(output) ? (JSON.parse(readFileSync(output, 'utf8')) as Results) : null
rmSync(folder, { recursive: true, force: true })
for (const reason of reasons) console.log(`skipped: ${reason}`)
const failed = Math.max(results?.numFailedTests ?? 1, child.status === 0 ? 0 : 1)
console.log(
  `${results?.numPassedTests ?? 0} passed, ${failed} failed, ${(results?.numPendingTests ?? 0) + reasons.length} skipped`,
)
process.exit(failed > 0 ? 1 : 0)
