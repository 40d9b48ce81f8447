import { printType, sameType } from '../../cql/print-type'
import { DeclarationError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'
import type { Class, Declarations } from '../declaration'
import type { Problem } from './declared-properties'
import type { ColumnMetadata, EntityMetadata, TableOptions } from '../entity-metadata'
import { isClass } from './user-types'

/** Returns the entity that a view shows; `undefined` if there is a problem, which is reported. */
export function viewedEntity(
  from: unknown,
  build: (target: Class) => EntityMetadata,
  problem: Problem,
  adopt: (error: DeclarationError) => void,
): EntityMetadata | undefined {
  if (typeof from !== 'function' || isClass(from as () => Class)) {
    problem('', 'from must be a function that returns the class of the table: from: () => TheClass')
    return undefined
  }
  const target: unknown = (from as () => unknown)()
  if (typeof target !== 'function') {
    problem(
      '',
      `from returned ${String(target)}; is the class imported in a circle, or not exported?`,
    )
    return undefined
  }
  let metadata: EntityMetadata
  try {
    metadata = build(target as Class)
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error
    adopt(error)
    return undefined
  }
  const refusal = whyNotViewed(metadata)
  if (refusal !== undefined) problem('', refusal)
  return refusal === undefined ? metadata : undefined
}

function whyNotViewed({ name, kind, hasCounters, inheritance, target }: EntityMetadata) {
  if (kind === 'view') return `from returns ${name}, which is a view; name the class of a table`
  if (hasCounters) {
    return `from returns ${name}, which has counters, and Cassandra makes no views of them; keep a table of your own`
  }
  if (inheritance !== undefined && inheritance.base.target !== target) {
    const base = inheritance.base.name
    return `from returns ${name}, and a view has the rows of the whole table; write from: () => ${base}`
  }
  return undefined
}

interface View {
  readonly columns: readonly ColumnMetadata[]
  readonly own: Declarations
  readonly options: TableOptions
  readonly from: EntityMetadata | undefined
}

/** Reports declarations of a view that Cassandra refuses, with the remedy. */
export function checkView({ columns, own, options, from }: View, problem: Problem): void {
  for (const { property } of own.indexes) {
    problem(String(property), 'has an @Index(), which a view cannot have; put it into the key')
  }
  if (options['default_time_to_live'] !== undefined) {
    problem('', 'is a view, whose rows expire with those of the table; leave defaultTimeToLive out')
  }
  if (from === undefined) return
  const found = columns.filter((column) => checkColumn(column, from, problem))
  checkKey(found, from, problem)
}

/** Tells whether a column of the view is declared as the column of the table. */
function checkColumn(column: ColumnMetadata, from: EntityMetadata, problem: Problem): boolean {
  const { property, name, type } = column
  const tell = (message: string) => {
    problem(property, message)
    return false
  }
  const viewed = from.byProperty[property]
  if (viewed === undefined) {
    return tell(
      `is not a column of ${from.name}${didYouMean(property, Object.keys(from.byProperty))}; ` +
        'a view has columns of its table only',
    )
  }
  if (viewed.kind === 'static') {
    return tell(`is static in ${from.name}, and a view cannot have it; leave it out`)
  }
  if (column.masked !== undefined) {
    return tell('is masked, and a view has the masks of its table; leave masked out')
  }
  if (column.kind === 'static') return tell('is in a view, which has no statics; write @Column()')
  if (viewed.name !== name) {
    return tell(`is the column '${viewed.name}' in ${from.name}, not '${name}'; leave name out`)
  }
  if (!sameType(viewed.type, type)) {
    return tell(
      `is a ${printType(viewed.type)} in ${from.name}, and a view has the types of its table; ` +
        `it cannot be a ${printType(type)}`,
    )
  }
  return true
}

function checkKey(
  columns: readonly ColumnMetadata[],
  from: EntityMetadata,
  problem: Problem,
): void {
  const key = columns.filter(({ isKey }) => isKey)
  const isIn = (of: readonly ColumnMetadata[], { property }: ColumnMetadata) =>
    of.some((each) => each.property === property)
  for (const column of from.key) {
    if (isIn(key, column)) continue
    problem(
      column.property,
      `belongs to the primary key of ${from.name} and must be in that of the view; ` +
        'declare it with @ClusteringKey() or @PartitionKey()',
    )
  }
  const others = key.filter((column) => !isIn(from.key, column))
  if (others.length > 1) {
    problem(
      '',
      `has ${others.map(({ property }) => `'${property}'`).join(' and ')} in its key, and a view may have one column ` +
        `there that is not in the key of ${from.name}; make the others plain @Column()s`,
    )
  }
}
