import type { Cursor } from './cursor'
import type { Effect } from './effect'
import { parseKey, parseOrder, placeOf } from './parse-table'

/** `by_brand AS SELECT … FROM products WHERE … PRIMARY KEY (…) WITH …` */
export function parseView(cursor: Cursor): Effect {
  const view = cursor.thing()
  cursor.expect('AS', 'SELECT')
  const columns = parseSelection(cursor)
  cursor.expect('FROM')
  const from = cursor.thing()
  cursor.passUntil('PRIMARY', 'KEY')
  const key = parseKey(cursor)
  const descending = parseOrder(cursor)
  return {
    kind: 'createView',
    view,
    from,
    columns,
    key: [...key.partition, ...key.clustering].map((name) =>
      placeOf(name, key, descending, 'regular'),
    ),
  }
}

function parseSelection(cursor: Cursor): readonly string[] | undefined {
  if (cursor.skip('*')) return undefined
  const names: string[] = []
  do names.push(cursor.name())
  while (cursor.skip(','))
  return names
}
