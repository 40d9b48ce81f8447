import type { CqlType } from '../../../lib/cql/cql-type'
import type { NativeName } from '../../../lib/cql/native-types'
import { identifier } from '../../../lib/cql/identifier'
import type { ColumnMetadata, EntityMetadata } from '../../../lib/metadata/entity-metadata'
import type { ReadRequest } from '../../../lib/statement/rules/read-request'
import { operators } from '../../../lib/statement/operators'
import type { Relation } from '../../../lib/statement/rules/relation'

const samples = {
  ascii: `'a'`,
  bigint: '1',
  blob: '0x01',
  boolean: 'true',
  counter: '1',
  date: `'2026-01-31'`,
  decimal: '1.5',
  double: '1.5',
  duration: '1mo',
  float: '1.5',
  inet: `'10.0.0.1'`,
  int: '1',
  smallint: '1',
  text: `'a'`,
  time: `'08:00:00'`,
  timestamp: '0',
  timeuuid: '00000000-0000-1000-8000-000000000000',
  tinyint: '1',
  uuid: '00000000-0000-1000-8000-000000000000',
  varint: '1',
} as const satisfies Record<NativeName, string>

/** Any value of a type as a literal: thousands of texts are asked once, and prepared ones would push out others. */
export function sampleOf(type: CqlType): string {
  switch (type.kind) {
    case 'native':
      return samples[type.name]
    case 'frozen':
      return sampleOf(type.of)
    case 'list':
      return `[${sampleOf(type.of)}]`
    case 'set':
      return `{${sampleOf(type.of)}}`
    case 'map':
      return `{${sampleOf(type.key)}: ${sampleOf(type.value)}}`
    case 'tuple':
      return `(${type.of.map(sampleOf).join(', ')})`
    case 'vector':
      return `[${Array.from({ length: type.dimension }, () => sampleOf(type.of)).join(', ')}]`
    case 'udt':
      return `{street: 'a'}`
  }
}

/** The text that asks for a read. */
export function cqlOf(metadata: EntityMetadata, keyspace: string, request: ReadRequest): string {
  const names = request.selected.map((column) =>
    request.isAggregate ? `count(${nameOf(column)})` : nameOf(column),
  )
  const orderBy = request.orderBy.map(({ column, order }) => `${nameOf(column)} ${order}`)
  if (request.nearest !== undefined) {
    orderBy.unshift(`${nameOf(request.nearest)} ANN OF ${sampleOf(request.nearest.type)}`)
  }
  const clause = (word: string, parts: readonly string[], glue = ', ') =>
    parts.length === 0 ? '' : ` ${word} ${parts.join(glue)}`
  return (
    `SELECT ${request.distinct ? 'DISTINCT ' : ''}` +
    (names.length === 0 ? 'count(*)' : names.join(', ')) +
    ` FROM ${identifier(keyspace)}.${identifier(metadata.table)}` +
    clause(
      'WHERE',
      request.relations.map((relation) => relationOf(metadata, relation)),
      ' AND ',
    ) +
    clause('GROUP BY', request.groupBy.map(nameOf)) +
    clause('ORDER BY', orderBy) +
    (request.hasPerPartitionLimit ? ' PER PARTITION LIMIT 2' : '') +
    (request.hasLimit ? ' LIMIT 2' : '')
  )
}

/** IN has two elements, which is IN of several to the server, as `IN ?` is with any list. */
export function relationOf(metadata: EntityMetadata, relation: Relation): string {
  const sign = operators[relation.operator].sign
  if (relation.kind === 'token') {
    return `token(${metadata.partitionKey.map(nameOf).join(', ')}) ${sign} 0`
  }
  if (relation.kind === 'tuple') {
    const value = `(${relation.columns.map(({ type }) => sampleOf(type)).join(', ')})`
    const right = relation.operator === 'in' ? `(${value}, ${value})` : value
    return `(${relation.columns.map(nameOf).join(', ')}) ${sign} ${right}`
  }
  const { column, operator } = relation
  const name = nameOf(column)
  const [key, value] = partsOf(column.type)
  switch (operator) {
    case 'in':
      return `${name} IN (${sampleOf(column.type)}, ${sampleOf(column.type)})`
    case 'entry':
      return `${name}[${sampleOf(key)}] = ${sampleOf(value)}`
    case 'containsKey':
      return `${name} CONTAINS KEY ${sampleOf(key)}`
    case 'contains':
      return `${name} CONTAINS ${sampleOf(value)}`
    default:
      return `${name} ${sign} ${sampleOf(column.type)}`
  }
}

function partsOf(type: CqlType): readonly [key: CqlType, value: CqlType] {
  switch (type.kind) {
    case 'frozen':
      return partsOf(type.of)
    case 'map':
      return [type.key, type.value]
    case 'list':
    case 'set':
      return [type.of, type.of]
    default:
      return [type, type]
  }
}

function nameOf({ name }: ColumnMetadata): string {
  return identifier(name)
}
