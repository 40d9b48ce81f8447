import { Random } from '../integration/oracle/random'
import { connection, useKeyspace } from '../server/keyspace'
import { printFigures, totalOf } from './figures'
import { ProgramProcess } from './process/program-process'
import type { FlappingReport, FlappingSettings } from './programs/flapping'
import { FaultProxy } from './proxy/fault-proxy'
import { flapping } from './proxy/modes'
import { secondsOf, settings } from './settings'

const { seed } = settings
const seconds = secondsOf(8)
const maxSeconds = seconds + 120
const keyspace = useKeyspace()

it(
  'connections that break all the time end no process, and destroy() ends in time',
  async () => {
    const { contactPoints, localDataCenter } = connection()
    const proxy = await FaultProxy.start(contactPoints[0] ?? '', new Random(seed))
    const program = new ProgramProcess<FlappingSettings, FlappingReport>(
      'flapping',
      {
        contactPoint: proxy.contactPoint,
        localDataCenter,
        keyspace: keyspace.name,
        seconds,
        seed,
      },
      maxSeconds,
      () => proxy.use(flapping),
    )
    try {
      const { report, lingered } = await program.end()
      const { hangs, untyped, leaks, wrong, destroyed, after } = report
      const slowest = Math.round(Math.max(...destroyed))
      const { acknowledged, refused } = totalOf(report)
      printFigures(
        `flapping: seed ${seed}, ${acknowledged} acknowledged, ${refused} refused; ` +
          `destroyed in ${slowest} ms, ended ${Math.round(lingered)} ms later`,
        report,
      )
      expect({ hangs, untyped, leaks, wrong }).toEqual({
        hangs: [],
        untyped: [],
        leaks: [],
        wrong: [],
      })
      expect(
        after.filter((message) => !message.startsWith('the data source was destroyed')),
      ).toEqual([])
      // The drain timeout of the program, and a second.
      expect(slowest).toBeLessThan(6000)
      expect(acknowledged).toBeGreaterThan(0)
      expect(refused).toBeGreaterThan(0)
    } finally {
      program.kill()
      await proxy.stop()
    }
  },
  (maxSeconds + 30) * 1000,
)
