import { literal } from '../cql/literal'
import type { Change } from './change'
import { createIndex, drop, indexTarget } from './ddl'
import { defaultIndexName, freeIndexName } from './index-name'
import { sameClass, sameIndex, sameTarget } from './same-index'
import type { IndexModel, KeyspaceModel, TableModel } from './table-model'

/** The names of indexes, which are unique in a keyspace. */
export class IndexNames {
  readonly stored: ReadonlySet<string>
  readonly #declared: ReadonlySet<string>
  readonly #given = new Set<string>()

  constructor(wanted: KeyspaceModel, found: KeyspaceModel) {
    const namesOf = ({ tables }: KeyspaceModel) =>
      new Set(tables.flatMap(({ indexes }) => indexes.flatMap(({ name }) => name ?? [])))
    this.stored = namesOf(found)
    this.#declared = namesOf(wanted)
  }

  /** False: another declared index has the name already. */
  give(name: string): boolean {
    if (this.#given.has(name)) return false
    this.#given.add(name)
    return true
  }

  /** A name like `base` that no other index has or will have. */
  free(base: string): string {
    return freeIndexName(base, new Set([...this.stored, ...this.#declared, ...this.#given]))
  }
}

/**
 * How the indexes differ: by target, class and options, not by name. One with other options has to go before the
 * declared one can be made, and so has one that has the name a class gives to another. `unlike` are columns that
 * are not there as declared.
 */
export function diffIndexes(
  wanted: TableModel,
  { tables, defaultIndex }: KeyspaceModel,
  names: IndexNames,
  unlike: ReadonlySet<string>,
): readonly Change[] {
  const { keyspace, name: table } = wanted
  const there = tables.find(({ name }) => name === table)?.indexes ?? []
  const isIn = (index: IndexModel, others: readonly IndexModel[]) =>
    others.some((other) => sameIndex(index, other, defaultIndex))
  const dropped = there.filter((index) => !isIn(index, wanted.indexes))
  const created = wanted.indexes.filter((index) => !isIn(index, there))
  const rivalOf = (index: IndexModel) =>
    dropped.find((other) => sameTarget(index, other) && sameClass(index, other, defaultIndex))
  return [
    ...dropped.map((index): Change => {
      const name = String(index.name)
      const other = created.find((each) => rivalOf(each) === index)
      return {
        kind: 'dropIndex',
        keyspace,
        table,
        name,
        cql: drop('INDEX', keyspace, name),
        safety: 'destructive',
        reason:
          other === undefined
            ? `the index ${name} on ${table} (${indexTarget(index)}) is not mapped`
            : `the index ${name} on ${table} (${indexTarget(index)}) is declared with ` +
              `${literal(other.options)} and has ${literal(index.options)} there`,
      }
    }),
    ...created.map((index) => {
      const rival = rivalOf(index)
      const name = index.name ?? rival?.name ?? names.free(defaultIndexName(table, index.column))
      const reason = `the index ${name} on ${table} is not there`
      const creation = (safety: Change['safety'], more = ''): Change => ({
        kind: 'createIndex',
        keyspace,
        table,
        name,
        cql: safety === 'impossible' ? '' : createIndex(wanted, index, name),
        safety,
        reason: `${reason}${more}`,
      })
      const isFreed = dropped.some((other) => other.name === name)
      if (unlike.has(index.column)) {
        return creation('impossible', ', and its column is not as declared')
      }
      if (!names.give(name) || (names.stored.has(name) && !isFreed)) {
        return creation('impossible', ', and another index of the keyspace has its name')
      }
      return rival === undefined && !isFreed
        ? creation('safe')
        : creation('destructive', `; ${rival?.name ?? name} has to go first`)
    }),
  ]
}
