import type { ContenderName } from '../contenders'
import type { GroupName } from '../groups'
import {
  type ExtraResults,
  type GroupResult,
  type Mode,
  type TargetResult,
  cpuOf,
  cpuRatio,
} from './result'
import { geometricMean } from './figure'

/** A bound on the ratios of some groups. */
interface RatioTarget {
  readonly what: string
  readonly atMost: number
  /** `true` if equal is not enough. */
  readonly isStrict?: boolean
  readonly one?: ContenderName
  readonly others: readonly ContenderName[]
  readonly mode?: Mode
  readonly groups?: readonly GroupName[]
  /** All groups but these. */
  readonly except?: readonly GroupName[]
}

const eightColumns = ['filter-secondary-index'] as const
const fourColumns = [
  'partition-1000-rows',
  'paged-5000-rows',
  'projection',
  'stream-5000-rows',
] as const
const tenRows = ['filter-limit', 'notification-feed'] as const
const singleReads = ['get-by-pk', 'collection-read'] as const
const singleWrites = [
  'single-insert',
  'insert-if-not-exists',
  'insert-with-ttl',
  'partial-update',
  'update-if-condition',
  'collection-write',
  'vector-insert',
  'counter-increment',
] as const
const driver = { others: ['driver'] } as const

export const ratioTargets: readonly RatioTarget[] = [
  {
    what: 'reads of 100 rows and more, 7 or 8 columns ÷ bare driver',
    atMost: 0.3,
    groups: eightColumns,
    ...driver,
  },
  {
    what: 'reads of 100 rows and more, 4 columns or less ÷ bare driver',
    atMost: 0.22,
    groups: fourColumns,
    ...driver,
  },
  { what: '10-row reads ÷ bare driver', atMost: 0.6, groups: tenRows, ...driver },
  {
    what: 'single-row reads at 64 in flight ÷ bare driver',
    atMost: 0.75,
    groups: singleReads,
    mode: 'inFlight',
    ...driver,
  },
  {
    what: 'prepared single-row reads at 64 in flight ÷ bare driver',
    atMost: 0.7,
    one: 'prepared',
    groups: singleReads,
    mode: 'inFlight',
    ...driver,
  },
  {
    what: 'single-row writes at 64 in flight ÷ bare driver',
    atMost: 0.9,
    groups: singleWrites,
    mode: 'inFlight',
    ...driver,
  },
  {
    what: 'any other group at 64 in flight ÷ bare driver',
    atMost: 1,
    mode: 'inFlight',
    except: [...eightColumns, ...fourColumns, ...tenRows, ...singleReads, ...singleWrites],
    ...driver,
  },
  { what: 'every group ÷ driver Mapper', atMost: 1, isStrict: true, others: ['mapper'] },
  { what: 'every group ÷ express-cassandra', atMost: 1, isStrict: true, others: ['express'] },
  {
    what: 'every group ÷ Python coodie, cqlengine',
    atMost: 1,
    isStrict: true,
    others: ['python-coodie', 'cqlengine'],
    mode: 'sequential',
  },
  {
    what: 'insert, get, filter and limit, partial update ÷ Python coodie, cqlengine',
    atMost: 0.5,
    others: ['python-coodie', 'cqlengine'],
    mode: 'sequential',
    groups: ['single-insert', 'get-by-pk', 'filter-limit', 'partial-update'],
  },
  {
    what: 'instantiation, serialization ÷ Python coodie',
    atMost: 0.05,
    others: ['python-coodie'],
    groups: ['instantiation', 'serialization'],
  },
]

/** The targets, each with what was measured. */
export function targetsOf(
  groups: readonly GroupResult[],
  extras: ExtraResults,
): readonly TargetResult[] {
  return [
    ...ratioTargets.map((target) => evaluate(target, groups)),
    ownError(groups),
    syncNoop(groups),
    startUp(extras),
    preparedStatements(extras),
    heldHeap(extras),
  ]
}

function evaluate(target: RatioTarget, groups: readonly GroupResult[]): TargetResult {
  const { what, atMost, isStrict = false, one = 'coodie', others, mode } = target
  const ratios = groups
    .filter(({ name }) => target.groups?.includes(name) ?? !target.except?.includes(name))
    .flatMap((group) =>
      others.flatMap((other) => {
        const ratio = cpuRatio(group, one, other, mode)
        return ratio === undefined ? [] : [{ group: group.name, ratio: ratio.value }]
      }),
    )
    .sort((a, b) => b.ratio - a.ratio)
  const misses = ratios.filter(({ ratio }) => (isStrict ? ratio >= atMost : ratio > atMost))
  const [worst] = ratios
  return {
    what: `client CPU, ${what}`,
    target: `${isStrict ? '<' : '≤'} ${isStrict ? atMost : atMost.toFixed(2)}`,
    measured:
      worst === undefined ? 'not measured' : `${worst.ratio.toFixed(2)} at most (${worst.group})`,
    met: worst === undefined ? null : misses.length === 0,
    missedBy: [...new Set(misses.map(({ group }) => group))],
  }
}

/** The bare driver to itself, which must cost the same. */
function ownError(groups: readonly GroupResult[]): TargetResult {
  const ratios = groups.flatMap((group) => {
    const ratio = cpuRatio(group, 'again', 'driver')
    return ratio === undefined ? [] : [{ group: group.name, ...ratio }]
  })
  const values = ratios.map(({ value }) => value)
  const mean = geometricMean(values)
  return {
    what: 'the measurement itself, bare driver ÷ bare driver',
    target: '1.00 ± 0.02',
    measured:
      values.length === 0
        ? 'not measured'
        : `${mean.toFixed(2)} in the geometric mean, ` +
          `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`,
    met: values.length === 0 ? null : Math.abs(mean - 1) <= 0.02,
    missedBy: ratios
      .filter(({ value, error }) => Math.abs(value - 1) > 0.02 + error)
      .map(({ group }) => group),
  }
}

function syncNoop(groups: readonly GroupResult[]): TargetResult {
  const group = groups.find(({ name }) => name === 'sync-noop')
  const cpu = group && cpuOf(group, 'coodie')
  return {
    what: 'sync without changes',
    target: '≤ 1 µs, nothing sent',
    measured: cpu === undefined ? 'not measured' : `${cpu.median.toFixed(2)} µs, nothing sent`,
    met: cpu === undefined ? null : cpu.median <= 1,
    missedBy: cpu !== undefined && cpu.median > 1 ? ['sync-noop'] : [],
  }
}

function startUp({ startUp: measured }: ExtraResults): TargetResult {
  return {
    what: 'start-up',
    target: 'nothing sent',
    measured:
      measured === undefined
        ? 'not measured'
        : `${measured.entities} entities of ten columns in ${measured.milliseconds.toFixed(0)} ms and ` +
          `${(measured.bytes / measured.entities / 1024).toFixed(1)} KiB each; ` +
          `${measured.statements} statements sent`,
    met: measured === undefined ? null : measured.statements === 0,
    missedBy: [],
  }
}

function preparedStatements({ prepared }: ExtraResults): TargetResult {
  return {
    what: 'prepared statements made by varied calls on one entity',
    target: '≤ distinct shapes',
    measured:
      prepared === undefined
        ? 'not measured'
        : `${prepared.statements} of ${prepared.calls} calls in ${prepared.shapes} shapes`,
    met: prepared === undefined ? null : prepared.statements <= prepared.shapes,
    missedBy: [],
  }
}

/** The first samples hold what is compiled and cached for the first time. */
export function heldHeapGrowth(samples: readonly number[]): number {
  const [, , first = Number.NaN] = samples
  return (samples.at(-1) ?? Number.NaN) - first
}

function heldHeap({ heap }: ExtraResults): TargetResult {
  const growth = heap === undefined ? Number.NaN : heldHeapGrowth(heap.samples)
  const mebibytes = growth / 2 ** 20
  return {
    what: 'heap held while rows are streamed',
    target: 'constant: less than 1 MiB more',
    measured:
      heap === undefined
        ? 'not measured'
        : `${Math.max(0, mebibytes).toFixed(2)} MiB more, from 30 % to all of ${heap.rows} rows`,
    met: heap === undefined ? null : mebibytes < 1,
    missedBy: [],
  }
}
