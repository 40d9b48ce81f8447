import { parseType } from '../../cql/parse-type'
import type { CqlType } from '../../cql/cql-type'
import { type Cursor, UnknownForm } from './cursor'
import type { CreatedColumn, Effect } from './effect'

interface WrittenColumn {
  readonly name: string
  readonly type: CqlType
  readonly isStatic: boolean
  readonly isKey: boolean
}

/** The names of a primary key. */
export interface WrittenKey {
  readonly partition: readonly string[]
  readonly clustering: readonly string[]
}

/** `products (id uuid, name text, PRIMARY KEY (id)) WITH …` */
export function parseTable(cursor: Cursor): Effect {
  const table = cursor.thing()
  const columns: WrittenColumn[] = []
  let key: WrittenKey | undefined
  cursor.expect('(')
  do {
    if (cursor.skip('PRIMARY', 'KEY')) key = parseKey(cursor)
    else columns.push(parseColumn(cursor))
  } while (cursor.skip(','))
  cursor.expect(')')
  key ??= {
    partition: columns.filter(({ isKey }) => isKey).map(({ name }) => name),
    clustering: [],
  }
  const descending = parseOrder(cursor)
  return {
    kind: 'createTable',
    table,
    columns: columns.map(({ name, type, isStatic }) =>
      Object.assign(placeOf(name, key, descending, isStatic ? 'static' : kindOf(type)), { type }),
    ),
  }
}

/** `((a, b), c)`, or `(a, b)` with the partition key `a`. */
export function parseKey(cursor: Cursor): WrittenKey {
  cursor.expect('(')
  const partition = cursor.list(() => cursor.name())
  const clustering: string[] = []
  while (cursor.skip(',')) clustering.push(cursor.name())
  cursor.expect(')')
  return { partition, clustering }
}

/** Returns the columns in descending order, of `WITH … CLUSTERING ORDER BY (a DESC, b ASC) …`. */
export function parseOrder(cursor: Cursor): ReadonlySet<string> {
  const descending = new Set<string>()
  if (cursor.isAtEnd) return descending
  cursor.expect('WITH')
  do {
    if (cursor.skip('CLUSTERING', 'ORDER', 'BY')) {
      cursor.list(() => {
        const name = cursor.name()
        if (cursor.skip('DESC')) descending.add(name)
        else cursor.skip('ASC')
      })
    } else {
      cursor.passOption()
    }
  } while (cursor.skip('AND'))
  return descending
}

/** Returns the part of a column in the key; `kind` is that of a column outside the key. */
export function placeOf(
  name: string,
  { partition, clustering }: WrittenKey,
  descending: ReadonlySet<string>,
  kind: CreatedColumn['kind'],
): Omit<CreatedColumn, 'type'> {
  const inPartition = partition.indexOf(name)
  if (inPartition !== -1) {
    return { name, kind: 'partitionKey', position: inPartition, order: 'asc' }
  }
  const inClustering = clustering.indexOf(name)
  return inClustering === -1
    ? { name, kind, position: -1, order: 'asc' }
    : {
        name,
        kind: 'clustering',
        position: inClustering,
        order: descending.has(name) ? 'desc' : 'asc',
      }
}

function parseColumn(cursor: Cursor): WrittenColumn {
  const name = cursor.name()
  const type = parseType(cursor.typeText())
  const isStatic = cursor.skip('STATIC')
  if (cursor.next === 'MASKED') throw new UnknownForm('MASKED')
  return { name, type, isStatic, isKey: cursor.skip('PRIMARY', 'KEY') }
}

function kindOf(type: CqlType): 'counter' | 'regular' {
  return type.kind === 'native' && type.name === 'counter' ? 'counter' : 'regular'
}
