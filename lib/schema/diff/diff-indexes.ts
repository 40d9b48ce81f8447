import { literal } from '../../cql/literal'
import type { Change } from './change'
import { createIndex, drop, indexTarget } from '../ddl'
import { defaultIndexName, freeIndexName } from '../model/index-name'
import { sameClass, sameIndex, sameTarget } from '../model/same-index'
import type { IndexModel, KeyspaceModel, TableModel } from '../model/table-model'

/** The names of indexes, which are unique in a keyspace. */
export class IndexNames {
  /** Where the index of a name is, and where that will be which was given it. */
  readonly #stored: ReadonlyMap<string, string>
  readonly #given = new Map<string, string>()
  readonly #declared: ReadonlyMap<string, string>

  constructor(wanted: KeyspaceModel, found: KeyspaceModel) {
    this.#stored = placesOf(found)
    this.#declared = placesOf(wanted)
  }

  give(name: string, place: string): void {
    this.#given.set(name, place)
  }

  /** Where another index of the name is, or will be; `freed` are names of indexes that go. */
  holderOf(name: string, freed: ReadonlySet<string>): string | undefined {
    return this.#given.get(name) ?? (freed.has(name) ? undefined : this.#stored.get(name))
  }

  /** A name like `base` that no other index has or will have. */
  free(base: string): string {
    const taken = new Set([...this.#stored.keys(), ...this.#declared.keys(), ...this.#given.keys()])
    return freeIndexName(base, taken)
  }
}

function placesOf({ tables }: KeyspaceModel): ReadonlyMap<string, string> {
  return new Map(
    tables.flatMap((table) =>
      table.indexes.flatMap((index): readonly [string, string][] =>
        index.name === undefined ? [] : [[index.name, placeOf(table.name, index)]],
      ),
    ),
  )
}

function placeOf(table: string, index: IndexModel): string {
  return `${table} (${indexTarget(index)})`
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
  const freed = new Set(dropped.flatMap(({ name }) => name ?? []))
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
            ? `the index ${name} on ${placeOf(table, index)} is not mapped`
            : `the index ${name} on ${placeOf(table, index)} is declared with ` +
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
      const place = placeOf(table, index)
      const holder = names.holderOf(name, freed)
      if (unlike.has(index.column)) {
        return creation('impossible', ', and its column is not as declared')
      }
      if (holder !== undefined) {
        return creation('impossible', `, and its name is that of an index on ${holder}`)
      }
      names.give(name, place)
      return rival === undefined && !freed.has(name)
        ? creation('safe')
        : creation('destructive', `; ${rival?.name ?? name} has to go first`)
    }),
  ]
}
