import { indexTarget } from '../ddl'
import { defaultIndexName, freeIndexName } from '../model/index-name'
import { sameClass, sameIndex, sameTarget } from '../model/same-index'
import type { IndexModel, KeyspaceModel, TableModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'

/** The names of indexes, which are unique in a keyspace. */
export class IndexNames {
  /** The place of each stored index, by its name. */
  readonly #stored: ReadonlyMap<string, string>
  /** The place of each index that this plan creates, by its name. */
  readonly #given = new Map<string, string>()
  readonly #declared: ReadonlyMap<string, string>

  constructor(wanted: KeyspaceModel, found: KeyspaceModel) {
    this.#stored = placesOf(found)
    this.#declared = placesOf(wanted)
  }

  give(name: string, place: string): void {
    this.#given.set(name, place)
  }

  /** Returns the place of the index that has the name or gets it; `freed` are the names of dropped indexes. */
  holderOf(name: string, freed: ReadonlySet<string>): string | undefined {
    return this.#given.get(name) ?? (freed.has(name) ? undefined : this.#stored.get(name))
  }

  /** Returns a name like `base` that no other index has or gets. */
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
 * Returns how the indexes differ by target, class and options; names do not count. An index with other options must be
 * dropped before the declared one can be created, and so must an index that has the name a class gives to another.
 * `unlike` are the columns that are stored otherwise than declared.
 */
export function diffIndexes(
  wanted: TableModel,
  { tables, server }: KeyspaceModel,
  names: IndexNames,
  unlike: ReadonlySet<string>,
): readonly Change[] {
  const { keyspace, name: table } = wanted
  const defaultIndex = server?.defaultIndex
  const stored = tables.find(({ name }) => name === table)?.indexes ?? []
  const isIn = (index: IndexModel, others: readonly IndexModel[]) =>
    others.some((other) => sameIndex(index, other, defaultIndex))
  const dropped = stored.filter((index) => !isIn(index, wanted.indexes))
  const created = wanted.indexes.filter((index) => !isIn(index, stored))
  const freed = new Set(dropped.flatMap(({ name }) => name ?? []))
  const rivalOf = (index: IndexModel) =>
    dropped.find((other) => sameTarget(index, other) && sameClass(index, other, defaultIndex))
  return [
    ...dropped.map((index): Change => {
      const replacement = created.find((each) => rivalOf(each) === index)
      const place = { keyspace, table, name: String(index.name) }
      return makeChange('dropIndex', place, { index, replacement })
    }),
    ...created.map((index): Change => {
      const rival = rivalOf(index)
      const name = index.name ?? rival?.name ?? names.free(defaultIndexName(table, index.column))
      const holder = names.holderOf(name, freed)
      const obstacle = unlike.has(index.column)
        ? ', and its column is stored otherwise than declared'
        : holder === undefined
          ? undefined
          : `, and an index on ${holder} has that name`
      if (obstacle === undefined) names.give(name, placeOf(table, index))
      const replaced = rival?.name ?? (freed.has(name) ? name : undefined)
      return makeChange(
        'createIndex',
        { keyspace, table, name },
        { wanted, index, replaced },
        obstacle,
      )
    }),
  ]
}
