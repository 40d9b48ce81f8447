import {
  ClusteringKey,
  Column,
  Entity,
  Field,
  PartitionKey,
  StaticColumn,
  UserDefinedType,
} from '../../../lib'
import type { Random } from './random'
import {
  type RandomType,
  type RandomUserType,
  type Value,
  columnType,
  cqlOf,
  declared,
  frozenType,
  keyType,
  valueOf,
} from './random-type'

export interface RandomColumn {
  readonly name: string
  readonly type: RandomType
  readonly kind: 'partition' | 'clustering' | 'static' | 'regular'
  /** The values that a key column may have, few so that rows are met again. */
  readonly values: readonly Value[]
}

/** One random table, twice: `ours` is written by a repository, `byHand` with CQL. */
export interface RandomTable {
  readonly columns: readonly RandomColumn[]
  readonly userTypes: readonly RandomUserType[]
  readonly isTracked: boolean
  readonly target: new () => Record<string, unknown>
  readonly ours: string
  readonly byHand: string
  /** Every statement that makes the types and the tables, in order. */
  readonly ddl: readonly string[]
}

type AnyDecorator = (type: unknown) => (prototype: object, property: string) => void

const decorators = {
  partition: PartitionKey,
  clustering: ClusteringKey,
  static: StaticColumn,
  regular: Column,
} as unknown as Record<RandomColumn['kind'], AnyDecorator>

export function randomTable(random: Random, keyspace: string, prefix: string): RandomTable {
  const userTypes: RandomUserType[] = []
  for (let n = random.below(3); n > 0; n--) {
    const fields = random.times(1 + random.below(3), () => frozenType(random, userTypes, 1))
    userTypes.push(userType(`${prefix}_type${userTypes.length}`, fields))
  }
  const clustering = random.below(3)
  const columns = [
    ...random.times(1 + random.below(2), (i) => keyColumn(random, `p${i}`, 'partition')),
    ...random.times(clustering, (i) => keyColumn(random, `c${i}`, 'clustering')),
    ...random.times(clustering === 0 ? 0 : random.below(3), (i) =>
      column(random, `s${i}`, 'static'),
    ),
    ...random.times(1 + random.below(5), (i) => column(random, `r${i}`, 'regular')),
  ]
  function column(of: Random, name: string, kind: RandomColumn['kind']): RandomColumn {
    return { name, kind, type: columnType(of, userTypes), values: [] }
  }
  const isTracked = random.chance(0.5)
  const ours = `${prefix}_ours`
  const byHand = `${prefix}_by_hand`
  return {
    columns,
    userTypes,
    isTracked,
    ours,
    byHand,
    target: entity(ours, columns, isTracked),
    ddl: [
      ...userTypes.map(
        ({ name, fields }) =>
          `CREATE TYPE ${keyspace}.${name} (${fields.map((type, i) => `f${i} ${cqlOf(type)}`).join(', ')})`,
      ),
      ...[ours, byHand].map((table) => createTable(`${keyspace}.${table}`, columns)),
    ],
  }
}

function keyColumn(random: Random, name: string, kind: 'partition' | 'clustering'): RandomColumn {
  for (;;) {
    const type = keyType(random)
    const values = random.times(3, () => valueOf(type, random))
    // An empty key of a partition is refused by the server.
    const isEmpty = ({ ours }: Value) =>
      ours === '' || (Buffer.isBuffer(ours) && ours.length === 0) || isZeroLength(ours)
    const usable = kind === 'partition' ? values.filter((value) => !isEmpty(value)) : values
    if (usable.length > 0) return { name, kind, type, values: usable }
  }
}

function isZeroLength(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function userType(name: string, fields: readonly RandomType[]): RandomUserType {
  class Made {
    [field: string]: unknown
  }
  fields.forEach((type, i) => {
    ;(Field as unknown as AnyDecorator)(declared(type))(Made.prototype, `f${i}`)
  })
  UserDefinedType(name)(Made)
  return { name, fields, target: Made }
}

function entity(table: string, columns: readonly RandomColumn[], isTracked: boolean) {
  class Made {
    [property: string]: unknown
  }
  for (const { name, kind, type } of columns) {
    decorators[kind](declared(type))(Made.prototype, name)
  }
  Entity({ name: table, trackChanges: isTracked })(Made)
  return Made
}

function createTable(table: string, columns: readonly RandomColumn[]): string {
  const named = (kind: RandomColumn['kind']) =>
    columns.filter((column) => column.kind === kind).map(({ name }) => name)
  const texts = columns.map(
    ({ name, type, kind }) => `${name} ${cqlOf(type)}${kind === 'static' ? ' static' : ''}`,
  )
  const key = [`(${named('partition').join(', ')})`, ...named('clustering')].join(', ')
  return `CREATE TABLE ${table} (${texts.join(', ')}, PRIMARY KEY (${key}))`
}
