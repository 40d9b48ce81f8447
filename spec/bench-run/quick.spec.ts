import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RunResult } from '../../bench/report/result'

const run = promisify(execFile)

describe('the benchmark', () => {
  it('measures every contender and saves what it has found', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coodie-bench-'))
    const args = '--quick --only ^get-by-pk$ --rounds 1 --save spec'.split(' ')
    const env = { ...process.env, BENCH_RESULTS: folder, BENCH_COODIE: 'lib' }
    try {
      const { stdout } = await run(process.execPath, ['bench/run.mjs', ...args], { env })
      expect(stdout).toMatch(/get-by-pk +\S+ µs +\S+ µs +\d\.\d\d ±\d\.\d\d/u)
      expect(stdout).toContain(join(folder, 'spec.html'))
      const result = JSON.parse(await readFile(join(folder, 'spec.json'), 'utf8')) as RunResult
      expect(result).toMatchObject({ format: 1, name: 'spec', rounds: 1, isQuick: true, seed: 1 })
      expect(result.facts).toMatchObject({ node: process.version })
      expect(result.groups.map(({ name }) => name)).toEqual(['get-by-pk'])
      for (const one of result.groups[0]?.cases ?? []) {
        expect(one).toMatchObject({
          sequential: { cpu: { median: expect.any(Number) as number } },
          inFlight: { wall: { median: expect.any(Number) as number } },
        })
      }
      expect(await readFile(join(folder, 'spec.html'), 'utf8')).toContain('get-by-pk')
      const again = await run(
        process.execPath,
        ['bench/run.mjs', ...args, '--contenders', 'coodie', '--compare', 'spec'],
        { env },
      )
      expect(again.stdout).not.toContain('WORSE')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 120_000)
})
