import { spawn } from 'node:child_process'
import { countedRounds } from '../../bench/run/group'
import { MachineLoad } from '../../bench/measure/machine'

describe('the rounds that count', () => {
  it('are those in which others left the machine alone', () => {
    expect(countedRounds([0.01, 0.5, 0.02, 0.1, 0.3], 2)).toEqual([0, 2, 3])
  })

  it('are those with the least work of others if too few were quiet', () => {
    expect(countedRounds([0.9, 0.05, 0.4, 0.3], 3)).toEqual([1, 2, 3])
  })
})

const itOnLinux = process.platform === 'linux' ? it : it.skip

itOnLinux('the work of descendants is not that of others', async () => {
  const load = new MachineLoad()
  const spin = 'const end = Date.now() + 1000; while (Date.now() < end);'
  const child = spawn(process.execPath, ['-e', spin])
  await new Promise((resolve) => child.once('exit', resolve))
  const share = load.ofOthers() ?? Number.NaN
  expect(share).toBeGreaterThanOrEqual(0)
  expect(share).toBeLessThanOrEqual(1)
})
