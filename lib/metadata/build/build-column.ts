import { buildType, tellUnknownOptions } from './build-type'
import type { ColumnDeclaration } from '../declaration'
import type { Named, Problem } from './declared-properties'
import type { ColumnMetadata } from '../entity-metadata'
import { type NamingStrategy, applyNaming } from '../naming-strategy'
import type { UserTypes } from './user-types'

const optionNames = [
  'type',
  'name',
  'as',
  'transformer',
  'enum',
  'default',
  'select',
  'ttl',
  'position',
  'order',
]

const dateOptionNames = ['name', 'as', 'select']

/** One column; undefined when its type could not be made out, which `problem` has been told. */
export function buildColumn(
  declaration: Named<ColumnDeclaration>,
  ordinal: number,
  naming: NamingStrategy,
  userTypes: UserTypes,
  problem: Problem,
): ColumnMetadata | undefined {
  const { property, role } = declaration
  const tell = (message: string) => problem(property, message)
  if (declaration.isVersion === true) {
    tellUnknownOptions(declaration.unknownOptions, 'version column', ['name'], tell)
  } else if (declaration.date === undefined) {
    tellUnknownOptions(declaration.unknownOptions, 'column', optionNames, tell)
  } else tellUnknownOptions(declaration.unknownOptions, 'date column', dateOptionNames, tell)
  const name = declaration.name ?? applyNaming(naming, property)
  if (name === '') tell('the column name is empty')
  if (name === '__proto__') tell('a column named __proto__ cannot be read; give it another name')
  const made = buildType(declaration, role, userTypes, tell)
  if (made === undefined) return undefined
  return {
    property,
    name,
    kind: role,
    isKey: role === 'partitionKey' || role === 'clustering',
    isCounter: role === 'counter',
    ordinal,
    ...made,
    order: declaration.order ?? 'asc',
    default: declaration.default,
    selected: declaration.select !== false,
    ttl: declaration.ttl,
    date: declaration.date,
  }
}

/** Options that make no sense where they stand. */
export function checkKeyOptions(declaration: Named<ColumnDeclaration>, problem: Problem): void {
  const { property, role } = declaration
  const isKey = role === 'partitionKey' || role === 'clustering'
  if (isKey && declaration.select === false) {
    problem(property, 'belongs to the primary key and is always read; leave select out')
  }
  if (!isKey && declaration.position !== undefined) {
    problem(property, 'has a position, which only parts of a key have')
  }
  if (isKey && declaration.ttl !== undefined) {
    problem(property, 'belongs to the primary key and cannot expire alone; leave ttl out')
  }
  if (declaration.ttl !== undefined && !isTtl(declaration.ttl)) {
    problem(property, `the ttl must be a whole number of seconds from 0 to ${largestTtl}`)
  }
  if (declaration.order !== undefined && role !== 'clustering') {
    problem(property, 'has an order, which only clustering columns have')
  }
  if (
    declaration.order !== undefined &&
    declaration.order !== 'asc' &&
    declaration.order !== 'desc'
  ) {
    problem(property, `the order must be 'asc' or 'desc'`)
  }
}

/** Cassandra's, of twenty years. */
const largestTtl = 630_720_000

function isTtl(ttl: number): boolean {
  return Number.isInteger(ttl) && ttl >= 0 && ttl <= largestTtl
}
