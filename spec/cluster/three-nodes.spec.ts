import { Random } from '../integration/oracle/random'
import { printFigures, totalOf } from './figures'
import { ProgramProcess } from './process/program-process'
import type { LedgerReport, LedgerSettings } from './programs/ledger'
import { type Ring, hasJava, startRing, troubleNodes } from './ring'
import { secondsOf, settings } from './settings'

const { seed } = settings
const seconds = secondsOf(25)
const maxSeconds = seconds + 400
const minutes = 60_000

;(hasJava ? describe : describe.skip)('three nodes (they need Java 17 and Maven)', () => {
  let ring: Ring
  beforeAll(async () => {
    ring = await startRing()
  }, 5 * minutes)
  afterAll(() => ring.stop(), minutes)

  it(
    'lose nothing that was acknowledged while one of them is killed or paused',
    async () => {
      const { server } = ring
      const { contactPoints, localDataCenter } = server
      const ledger = new ProgramProcess<LedgerSettings, LedgerReport>(
        'ledger',
        {
          contactPoints,
          localDataCenter,
          seed,
          // The program ends when the last node is back.
          seconds: maxSeconds,
          workers: 8,
        },
        maxSeconds,
      )
      try {
        await ledger.ready()
        const every = settings.faultSeconds ?? Math.min(20, seconds / 4)
        const faults = await troubleNodes(server, new Random(seed), { seconds, every })
        const { report, lingered } = await ledger.stop()
        const { acknowledged, refused } = totalOf(report)
        printFigures(
          `ledger: seed ${seed}, ${faults.kills} kills, ${faults.pauses} pauses, ` +
            `${acknowledged} acknowledged, ${refused} refused; destroyed in ${Math.round(report.destroyed)} ms, ` +
            `ended ${Math.round(lingered)} ms later`,
          report,
        )
        const { losses, mistakes, hangs, untyped, leaks } = report
        expect({ losses, mistakes, hangs, untyped, leaks }).toEqual({
          losses: [],
          mistakes: [],
          hangs: [],
          untyped: [],
          leaks: [],
        })
        expect(acknowledged).toBeGreaterThan(200)
      } finally {
        ledger.kill()
      }
    },
    (maxSeconds + 30) * 1000,
  )
})
