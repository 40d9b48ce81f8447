import type { ColumnMetadata, EntityMetadata } from '../../../lib/metadata/entity-metadata'
import type { ReadRequest } from '../../../lib/statement/rules/read-request'
import type { RangeOperator, RelationOperator } from '../../../lib/statement/operators'
import type { ColumnRelation, Relation } from '../../../lib/statement/rules/relation'

const ranges: readonly RangeOperator[] = [
  'moreThan',
  'moreThanOrEqual',
  'lessThan',
  'lessThanOrEqual',
]
const operators: readonly RelationOperator[] = [
  'equal',
  'in',
  'moreThan',
  'lessThanOrEqual',
  'contains',
  'containsKey',
  'like',
  'entry',
]

/** A generator of numbers below `n`, the same for the same seed. */
export function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** A read of all columns with these relations and nothing else. */
export function readOf(metadata: EntityMetadata, relations: readonly Relation[]): ReadRequest {
  return {
    relations,
    orderBy: [],
    nearest: undefined,
    groupBy: [],
    distinct: false,
    selected: metadata.columns,
    isAggregate: false,
    hasLimit: false,
    hasPerPartitionLimit: false,
  }
}

const on = (column: ColumnMetadata, operator: RelationOperator): ColumnRelation => ({
  kind: 'column',
  column,
  operator,
})

/** Every operator on every column: alone, with the partition key by =, and with it by IN. */
export function everyOperator(metadata: EntityMetadata): readonly ReadRequest[] {
  return metadata.columns.flatMap((column) =>
    operators.flatMap((operator) =>
      (['none', 'equal', 'in'] as const).map((key) =>
        readOf(metadata, [
          ...(key === 'none' ? [] : metadata.partitionKey)
            .filter((each) => each !== column)
            .map((each, i) => on(each, i === 0 && key === 'in' ? 'in' : 'equal')),
          on(column, operator),
        ]),
      ),
    ),
  )
}

/** A read as anything may come together in it; most of its operators fit their columns. */
export function anyRead(metadata: EntityMetadata, roll: (n: number) => number): ReadRequest {
  const pick = <T>(of: readonly [T, ...T[]] | readonly T[]): T => of[roll(of.length)] as T
  const chance = (percent: number) => roll(100) < percent
  const some = <T>(of: readonly T[]): readonly T[] => of.filter(() => chance(50))
  const tuple = (columns: readonly ColumnMetadata[]): Relation => ({
    kind: 'tuple',
    columns: columns.length === 0 ? metadata.partitionKey : columns,
    operator: pick(['equal', 'in', ...ranges] as const),
  })
  const relations = [
    ...partitionPart(metadata, roll, pick, chance),
    ...clusteringPart(metadata, pick, chance),
    ...otherPart(metadata, pick, chance),
    ...(chance(3) ? [tuple(some(metadata.columns).slice(0, 1 + roll(2)))] : []),
  ]
  const vectors = metadata.columns.filter(({ type }) => type.kind === 'vector')
  const isGrouped = chance(15)
  const { key } = metadata
  const distinct = chance(10)
  const selected = distinct
    ? metadata.columns.filter(({ kind }) =>
        kind === 'partitionKey' ? chance(90) : kind === 'static' ? chance(70) : chance(3),
      )
    : chance(15)
      ? some(metadata.columns)
      : chance(10)
        ? metadata.columns.filter(({ kind }) => kind === 'partitionKey' || kind === 'static')
        : metadata.columns
  const isAggregate = chance(10)
  const orderBy = chance(25)
    ? (chance(70)
        ? metadata.clusteringKey.slice(roll(2), 1 + roll(3))
        : some(metadata.columns).slice(0, 2)
      ).map((column, _, all) => ({
        column,
        order:
          (chance(85) ? all[0]?.order === 'asc' : chance(50)) === (column.order === all[0]?.order)
            ? ('asc' as const)
            : ('desc' as const),
      }))
    : []
  return {
    relations,
    orderBy,
    nearest: vectors.length > 0 && chance(15) ? pick(vectors) : undefined,
    groupBy: isGrouped
      ? chance(70)
        ? key.slice(0, 1 + roll(key.length))
        : some(metadata.columns).slice(0, 3)
      : [],
    distinct,
    selected: selected.length === 0 && !isAggregate ? metadata.partitionKey : selected,
    isAggregate,
    hasLimit: chance(40),
    hasPerPartitionLimit: chance(10),
  }
}

type Pick = <T>(of: readonly T[]) => T
type Chance = (percent: number) => boolean

function partitionPart(
  { partitionKey }: EntityMetadata,
  roll: (n: number) => number,
  pick: Pick,
  chance: Chance,
): readonly Relation[] {
  const token = (): Relation => ({ kind: 'token', operator: pick(['equal', ...ranges] as const) })
  const whole = () => partitionKey.map((column) => on(column, chance(15) ? 'in' : 'equal'))
  switch (roll(8)) {
    case 0:
    case 1:
      return []
    case 2:
      return chance(80) ? [token()] : [token(), token()]
    case 3:
      return [token(), ...(chance(70) ? whole() : [on(pick(partitionKey), 'equal')])]
    case 4:
      return partitionKey
        .filter(() => chance(60))
        .map((column) => on(column, chance(70) ? 'equal' : pick(operators)))
    default:
      return whole()
  }
}

function clusteringPart(
  { clusteringKey }: EntityMetadata,
  pick: Pick,
  chance: Chance,
): readonly Relation[] {
  const relations: Relation[] = []
  if (clusteringKey.length === 0 || chance(35)) return relations
  const isNeat = chance(60)
  for (const column of clusteringKey) {
    if (isNeat) {
      if (chance(60)) {
        relations.push(on(column, chance(80) ? 'equal' : 'in'))
        continue
      }
      if (chance(50)) relations.push(on(column, pick(ranges)))
      break
    }
    if (chance(50))
      relations.push(
        on(column, chance(85) ? pick(['equal', 'in', ...ranges] as const) : pick(operators)),
      )
    if (chance(10)) relations.push(on(column, pick(ranges)))
  }
  if (chance(30)) {
    const from = chance(60) ? relations.length : 0
    const columns = chance(80)
      ? clusteringKey.slice(from, from + 1 + (chance(60) ? 1 : 0))
      : [clusteringKey[1], clusteringKey[0]].filter((column) => column !== undefined)
    if (columns.length > 0) {
      relations.push({
        kind: 'tuple',
        columns,
        operator: pick(['equal', 'in', ...ranges] as const),
      })
      if (chance(30))
        relations.push({ kind: 'tuple', columns: columns.slice(0, 1), operator: pick(ranges) })
    }
  }
  return relations
}

function otherPart(metadata: EntityMetadata, pick: Pick, chance: Chance): readonly Relation[] {
  const others = metadata.columns.filter(({ kind }) => kind === 'static' || kind === 'regular')
  const count = chance(40) ? 0 : chance(60) ? 1 : chance(70) ? 2 : 3
  return Array.from({ length: count }, () => {
    const column = pick(others)
    return on(column, chance(90) ? pick(fitting(column)) : pick(operators))
  })
}

function fitting({ type }: ColumnMetadata): readonly RelationOperator[] {
  switch (type.kind) {
    case 'list':
    case 'set':
      return ['contains']
    case 'map':
      return ['contains', 'containsKey', 'entry']
    default:
      return ['equal', 'equal', 'equal', 'in', ...ranges]
  }
}
