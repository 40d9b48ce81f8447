import { TypeTextError, parseType } from '../../cql/parse-type'
import type { FieldModel } from '../../schema/model/table-model'
import { Cursor, UnknownForm } from './cursor'
import type { AddedColumn, Dropped, Effect, Renaming } from './effect'
import { parseTable } from './parse-table'
import { parseView } from './parse-view'

/** Returns the effect of a statement; undefined for a statement that changes nothing here, or that is not known. */
export function parseEffect(cql: string): Effect | undefined {
  const cursor = new Cursor(cql)
  try {
    if (cursor.skip('CREATE')) return parseCreate(cursor)
    if (cursor.skip('ALTER')) return parseAlter(cursor)
    if (cursor.skip('DROP')) return parseDrop(cursor)
    return undefined
  } catch (error) {
    // Another form, or a type of a class of the server: nothing that could be compared.
    if (error instanceof UnknownForm || error instanceof TypeTextError) return undefined
    throw error
  }
}

function parseCreate(cursor: Cursor): Effect | undefined {
  const isCustom = cursor.skip('CUSTOM')
  if (cursor.skip('INDEX')) return parseIndex(cursor)
  if (isCustom) return undefined
  if (cursor.skip('KEYSPACE')) {
    cursor.skip('IF', 'NOT', 'EXISTS')
    return { kind: 'createKeyspace', name: cursor.name() }
  }
  if (cursor.skip('TABLE') || cursor.skip('COLUMNFAMILY')) {
    cursor.skip('IF', 'NOT', 'EXISTS')
    return parseTable(cursor)
  }
  if (cursor.skip('TYPE')) {
    cursor.skip('IF', 'NOT', 'EXISTS')
    const type = cursor.thing()
    return { kind: 'createType', type, fields: cursor.list(() => parseField(cursor)) }
  }
  if (!cursor.skip('MATERIALIZED', 'VIEW')) return undefined
  cursor.skip('IF', 'NOT', 'EXISTS')
  return parseView(cursor)
}

function parseIndex(cursor: Cursor): Effect {
  cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.next === 'ON' ? undefined : cursor.name()
  cursor.expect('ON')
  const table = cursor.thing()
  cursor.expect('(')
  const target = parseTarget(cursor)
  cursor.expect(')')
  const using = cursor.skip('USING') ? cursor.string() : undefined
  return { kind: 'createIndex', name, table, index: { ...target, using } }
}

/** `brand`, or `keys(stock)` */
function parseTarget(cursor: Cursor) {
  for (const on of ['values', 'keys', 'entries', 'full'] as const) {
    if (!cursor.skip(on.toUpperCase(), '(')) continue
    const column = cursor.name()
    cursor.expect(')')
    return { column, on }
  }
  return { column: cursor.name(), on: undefined }
}

function parseAlter(cursor: Cursor): Effect | undefined {
  const isType = cursor.skip('TYPE')
  if (!isType && !cursor.skip('TABLE') && !cursor.skip('COLUMNFAMILY')) return undefined
  cursor.skip('IF', 'EXISTS')
  const thing = cursor.thing()
  if (cursor.skip('RENAME')) {
    cursor.skip('IF', 'EXISTS')
    const renamings = parseRenamings(cursor)
    return isType
      ? { kind: 'renameFields', type: thing, renamings }
      : { kind: 'renameColumns', table: thing, renamings }
  }
  if (cursor.skip('ADD')) {
    cursor.skip('IF', 'NOT', 'EXISTS')
    if (isType) {
      return { kind: 'addFields', type: thing, fields: parseAdded(cursor, parseField) }
    }
    return { kind: 'addColumns', table: thing, columns: parseAdded(cursor, parseColumn) }
  }
  if (isType || !cursor.skip('DROP')) return undefined
  cursor.skip('IF', 'EXISTS')
  const names = parseAdded(cursor, () => cursor.name())
  if (!cursor.isAtEnd) cursor.expect('USING', 'TIMESTAMP')
  return { kind: 'dropColumns', table: thing, names }
}

/** `a int, b text`, in parentheses or not. */
function parseAdded<T>(cursor: Cursor, read: (cursor: Cursor) => T): readonly T[] {
  const items = [...cursor.list(() => read(cursor))]
  while (cursor.skip(',')) items.push(read(cursor))
  return items
}

function parseField(cursor: Cursor): FieldModel {
  return { name: cursor.name(), type: parseType(cursor.typeText()) }
}

function parseColumn(cursor: Cursor): AddedColumn {
  const field = parseField(cursor)
  const column = { ...field, isStatic: cursor.skip('STATIC') }
  // A mask can be anything, and is not compared.
  if (cursor.next === 'MASKED') throw new UnknownForm('MASKED')
  return column
}

/** `a TO b AND c TO d` */
function parseRenamings(cursor: Cursor): readonly Renaming[] {
  const renamings: Renaming[] = []
  do {
    const from = cursor.name()
    cursor.expect('TO')
    renamings.push({ from, to: cursor.name() })
  } while (cursor.skip('AND'))
  return renamings
}

const dropped: readonly (readonly [what: Dropped, ...words: string[]])[] = [
  ['keyspace', 'KEYSPACE'],
  ['table', 'TABLE'],
  ['table', 'COLUMNFAMILY'],
  ['type', 'TYPE'],
  ['index', 'INDEX'],
  ['view', 'MATERIALIZED', 'VIEW'],
]

function parseDrop(cursor: Cursor): Effect | undefined {
  const [what] = dropped.find(([, ...words]) => cursor.skip(...words)) ?? []
  if (what === undefined) return undefined
  cursor.skip('IF', 'EXISTS')
  return { kind: 'drop', what, thing: cursor.thing() }
}
