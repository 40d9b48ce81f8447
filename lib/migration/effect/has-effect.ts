import { sameType } from '../../cql/print-type'
import { unreachable } from '../../errors/unreachable'
import { hasKeyspace, introspectKeyspace } from '../../schema/model/introspect'
import { classOf, sameTarget } from '../../schema/model/same-index'
import type { SchemaSession } from '../../schema/model/schema-session'
import type { ColumnModel, KeyspaceModel } from '../../schema/model/table-model'
import type { Dropped, Effect, Renaming } from './effect'
import { parseEffect } from './parse-effect'

/**
 * Tells whether the cluster already is as a statement makes it: the column, table, type, index or view exists with the
 * same types and the same key, or what is dropped is gone. `keyspace` is that of names without one.
 */
export async function hasEffect(
  session: SchemaSession,
  keyspace: string,
  cql: string,
): Promise<boolean> {
  const effect = parseEffect(cql)
  if (effect === undefined) return false
  if (effect.kind === 'createKeyspace') return hasKeyspace(session, effect.name)
  if (effect.kind === 'drop' && effect.what === 'keyspace') {
    return !(await hasKeyspace(session, effect.thing.name))
  }
  const own = keyspaceOf(effect) ?? keyspace
  return isPresent(effect, await introspectKeyspace(session, own))
}

type InKeyspace = Exclude<Effect, { kind: 'createKeyspace' }>

function keyspaceOf(effect: InKeyspace): string | undefined {
  switch (effect.kind) {
    case 'createTable':
    case 'createIndex':
    case 'addColumns':
    case 'dropColumns':
    case 'renameColumns':
      return effect.table.keyspace
    case 'createType':
    case 'addFields':
    case 'renameFields':
      return effect.type.keyspace
    case 'createView':
      return effect.view.keyspace ?? effect.from.keyspace
    case 'drop':
      return effect.thing.keyspace
    default:
      return unreachable(effect)
  }
}

/** Tells whether a keyspace is as a statement makes it. */
export function isPresent(effect: InKeyspace, found: KeyspaceModel): boolean {
  const tableOf = (name: string) => found.tables.find((table) => table.name === name)
  const typeOf = (name: string) => found.types.find((type) => type.name === name)
  switch (effect.kind) {
    case 'createTable': {
      const columns = tableOf(effect.table.name)?.columns ?? []
      return (
        columns.length === effect.columns.length &&
        effect.columns.every((wanted) =>
          columns.some((column) => samePlace(wanted, column) && sameType(wanted.type, column.type)),
        )
      )
    }
    case 'createType': {
      const fields = typeOf(effect.type.name)?.fields ?? []
      return (
        fields.length === effect.fields.length &&
        effect.fields.every(({ name, type }, i) => {
          const field = fields[i]
          return field?.name === name && sameType(type, field.type)
        })
      )
    }
    case 'createIndex': {
      const indexes = tableOf(effect.table.name)?.indexes ?? []
      const defaultIndex = found.server?.defaultIndex
      const wanted = { ...effect.index, name: effect.name, options: {} }
      return indexes.some(
        (index) =>
          (effect.name === undefined || index.name === effect.name) &&
          sameTarget(wanted, index) &&
          classOf(wanted.using ?? defaultIndex) === classOf(index.using ?? defaultIndex),
      )
    }
    case 'createView': {
      const view = found.views.find(({ name }) => name === effect.view.name)
      if (view?.from !== effect.from.name) return false
      const { columns: names, key } = effect
      const isSelected =
        names === undefined
          ? view.hasAllColumns === true
          : names.length === view.columns.length &&
            names.every((name) => view.columns.some((column) => column.name === name))
      const isKey = key.every((wanted) => view.columns.some((column) => samePlace(wanted, column)))
      return isSelected && isKey
    }
    case 'addColumns': {
      const columns = tableOf(effect.table.name)?.columns ?? []
      return effect.columns.every(({ name, type, isStatic }) => {
        const column = columns.find((each) => each.name === name)
        return (
          column !== undefined &&
          sameType(column.type, type) &&
          (column.kind === 'static') === isStatic &&
          column.position === -1
        )
      })
    }
    case 'dropColumns': {
      const table = tableOf(effect.table.name)
      return (
        table !== undefined &&
        effect.names.every((name) => table.columns.every((column) => column.name !== name))
      )
    }
    case 'renameColumns':
      return areRenamed(effect.renamings, tableOf(effect.table.name)?.columns)
    case 'addFields': {
      const fields = typeOf(effect.type.name)?.fields ?? []
      return effect.fields.every(({ name, type }) =>
        fields.some((field) => field.name === name && sameType(field.type, type)),
      )
    }
    case 'renameFields':
      return areRenamed(effect.renamings, typeOf(effect.type.name)?.fields)
    case 'drop':
      return isGone(effect.what, effect.thing.name, found)
    default:
      return unreachable(effect)
  }
}

function samePlace(
  wanted: Pick<ColumnModel, 'name' | 'kind' | 'position' | 'order'>,
  { name, kind, position, order }: ColumnModel,
): boolean {
  return (
    wanted.name === name &&
    wanted.kind === kind &&
    wanted.position === position &&
    wanted.order === order
  )
}

function areRenamed(
  renamings: readonly Renaming[],
  things: readonly { readonly name: string }[] | undefined,
): boolean {
  if (things === undefined) return false
  const names = new Set(things.map(({ name }) => name))
  return renamings.every(({ from, to }) => names.has(to) && !names.has(from))
}

function isGone(what: Dropped, name: string, { tables, types, views }: KeyspaceModel): boolean {
  const isAbsent = (things: readonly { readonly name: string | undefined }[]) =>
    things.every((thing) => thing.name !== name)
  switch (what) {
    case 'table':
      return isAbsent(tables)
    case 'type':
      return isAbsent(types)
    case 'view':
      return isAbsent(views)
    case 'index':
      return tables.every(({ indexes }) => isAbsent(indexes))
    case 'keyspace':
      return false
    default:
      return unreachable(what)
  }
}
