import { Random } from '../integration/oracle/random'
import { connection, useKeyspace } from '../server/keyspace'
import { FaultProxy } from './proxy/fault-proxy'
import { harmless, modes } from './proxy/modes'
import { ProgramProcess } from './process/program-process'
import type { WireReport, WireSettings } from './programs/wire'
import { totalOf } from './figures'
import { secondsOf, settings } from './settings'

const { seed } = settings
const keyspace = useKeyspace()
const maxSeconds = secondsOf(0) + 300
const names = Object.keys(modes)

it(
  'every call ends in time, with the right rows or a typed error, whatever the connection does',
  async () => {
    const { contactPoints, localDataCenter } = connection()
    const proxy = await FaultProxy.start(contactPoints[0] ?? '', new Random(seed))
    const wire = new ProgramProcess<WireSettings, WireReport>(
      'wire',
      {
        contactPoint: proxy.contactPoint,
        localDataCenter,
        keyspace: keyspace.name,
        modes: names,
        seconds: secondsOf(0),
      },
      maxSeconds,
      (name) => proxy.use(modes[name] ?? {}),
    )
    try {
      const { report, lingered } = await wire.end()
      print(report, lingered)
      const problems = names.map((name) => [name, problemsOf(name, report)] as const)
      expect(Object.fromEntries(problems.filter(([, list]) => list.length > 0))).toEqual({})
    } finally {
      wire.kill()
      await proxy.stop()
    }
  },
  (maxSeconds + 30) * 1000,
)

function print({ byMode, destroyed }: WireReport, lingered: number): void {
  const lines = Object.entries(byMode).map(([name, mode]) => {
    const { acknowledged, refused } = totalOf(mode)
    const recovered = `up again after ${Math.round(mode.recovered)} ms`
    return `${name.padEnd(28)} ${acknowledged} right, ${refused} refused, ${recovered}`
  })
  const head =
    `wire: seed ${seed}, destroyed in ${Math.round(destroyed)} ms, ` +
    `ended ${Math.round(lingered)} ms later`
  console.log([head, ...lines].join('\n'))
}

/** On a busy machine, calls may be late even if nothing is wrong. */
const lateness = new Set(['EXECUTION timeout', 'LWT_OUTCOME_UNKNOWN', 'MASS_WRITE'])

/**
 * Modes in which a call may get the answer to another one, or a part of it, and nothing tells: the bytes that follow a
 * wrong length are read as a frame.
 */
const exchanging: ReadonlySet<string> = new Set([
  'streams exchanged',
  'length too long',
  'length too short',
  'huge length',
  'negative length',
])

function problemsOf(name: string, { byMode }: WireReport): readonly string[] {
  const mode = byMode[name]
  if (mode === undefined) return ['did not run']
  const { hangs, untyped, leaks, wrong, lost, operations } = mode
  const reasons = Object.values(operations).flatMap(({ refused }) => Object.keys(refused))
  const isHarmless = harmless.includes(name)
  const isExchanged = exchanging.has(name)
  return [
    ...hangs.map((kind) => `${kind} did not end in time`),
    ...untyped.map((error) => `untyped: ${error}`),
    ...leaks.map((error) => `shows a value: ${error}`),
    ...(isExchanged ? [] : wrong.map((kind) => `${kind} gave a wrong answer`)),
    ...(isExchanged ? [] : lost.map((kind) => `${kind} was lost`)),
    ...reasons
      .filter((reason) => isHarmless && !lateness.has(reason))
      .map((reason) => `refused without a fault: ${reason}`),
    ...(isHarmless && totalOf(mode).acknowledged === 0 ? ['nothing succeeded'] : []),
  ]
}
