import type { CqlType } from '../cql/cql-type'
import { printType } from '../cql/print-type'
import { thaw, thawAll } from '../cql/type-tree'
import { SchemaError } from '../errors/errors'
import { unreachable } from '../errors/unreachable'
import { type DataType, type TypedName, serverTypeOf } from './internals/data-type'
import type { MarkerCheck } from './internals/request-guard'
import type { ServerType } from './types/server-type'

/** The declared type of a marker or of a column of a result. */
export interface DeclaredType {
  /** The class and its property or option, for messages. */
  readonly place: string
  readonly type: CqlType
  /** Set to true for the list of an IN, which has elements of the type. */
  readonly isList?: boolean
}

/** A declared user-defined type. */
interface DeclaredUserType {
  /** The name of the class. */
  readonly name: string
  /** The name of the type, unquoted. */
  readonly type: string
  readonly fields: readonly {
    readonly property: string
    readonly name: string
    readonly type: CqlType
  }[]
}

/** The declared types of a statement, as its class declares them. */
export interface Declaration {
  /** In the order of the markers; undefined for a marker without a declared type. */
  readonly markers: readonly (DeclaredType | undefined)[]
  /** By the name of the column in a result. */
  readonly columns: ReadonlyMap<string, DeclaredType>
  readonly userTypes: readonly DeclaredUserType[]
}

/**
 * Compares the types that a class declares with those of the server: the markers once for each time that the
 * statement is prepared, and the columns once for each shape of a result. A statement has one instance, so that a
 * request only compares two references.
 */
export class DeclaredTypes implements MarkerCheck {
  /** The markers that were compared last and found right. */
  #rightMarkers: readonly TypedName[] | undefined
  #rightColumns: readonly TypedName[] | undefined

  constructor(private readonly declaration: Declaration) {}

  /** Returns whether these markers, the same array, were found right before. */
  isKnown(markers: readonly TypedName[]): boolean {
    return markers === this.#rightMarkers
  }

  /** Returns the first difference of the markers of a prepared statement. */
  findWrongMarker(markers: readonly TypedName[]): SchemaError | undefined {
    for (let i = 0; i < markers.length; i++) {
      const error = this.#compare(this.declaration.markers[i], markers[i]?.type)
      if (error !== undefined) return error
    }
    this.#rightMarkers = markers
    return undefined
  }

  /** Returns the first difference of the columns of a result. Columns that are not declared do not count. */
  findWrongColumn(columns: readonly TypedName[]): SchemaError | undefined {
    const { columns: declared } = this.declaration
    if (this.#rightColumns !== undefined && areSame(columns, this.#rightColumns)) return undefined
    for (const { name, type } of columns) {
      const error = this.#compare(declared.get(name), type)
      if (error !== undefined) return error
    }
    this.#rightColumns = columns
    return undefined
  }

  #compare(
    declared: DeclaredType | undefined,
    given: DataType | undefined,
  ): SchemaError | undefined {
    if (declared === undefined || given === undefined) return undefined
    const { userTypes } = this.declaration
    const list = serverTypeOf(given)
    const type = declared.isList === true && list.kind === 'list' ? list.of : list
    const field = findWrongField(declared.type, type, userTypes)
    if (field !== undefined) return new SchemaError(field)
    return isSameType(declared.type, type)
      ? undefined
      : new SchemaError(
          `${declared.place} is declared as ${printType(thawAll(declared.type))} ` +
            `and is ${printServerType(type)} in the table`,
        )
  }
}

/** Throws `SchemaError` if a column of a result has another type than declared. */
export function requireColumns(
  types: DeclaredTypes | undefined,
  columns: readonly TypedName[],
): void {
  const error = types?.findWrongColumn(columns)
  if (error !== undefined) throw error
}

/** Returns whether two lists of columns are equal. The driver makes new objects for each result. */
function areSame(a: readonly TypedName[], b: readonly TypedName[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    const left = a[i]
    const right = b[i]
    if (left === undefined || right === undefined || left.name !== right.name) return false
    const { code, info } = left.type
    if (code !== right.type.code) return false
    if (info !== right.type.info && JSON.stringify(info) !== JSON.stringify(right.type.info)) {
      return false
    }
  }
  return true
}

/** The types whose values have the same bytes and the same meaning. */
const equals: Readonly<Record<string, string>> = { ascii: 'text', counter: 'bigint' }

/** Tests whether a declared type is the one that the server tells. Nothing tells which types are frozen. */
export function isSameType(declared: CqlType, given: ServerType): boolean {
  const type = thaw(declared)
  switch (type.kind) {
    case 'native':
      return (
        given.kind === 'native' &&
        (equals[type.name] ?? type.name) === (equals[given.name] ?? given.name)
      )
    case 'list':
    case 'set':
      return given.kind === type.kind && isSameType(type.of, given.of)
    case 'map':
      return (
        given.kind === 'map' &&
        isSameType(type.key, given.key) &&
        isSameType(type.value, given.value)
      )
    case 'tuple':
      return (
        given.kind === 'tuple' &&
        type.of.length === given.of.length &&
        type.of.every((part, i) => isSameType(part, given.of[i] as ServerType))
      )
    case 'vector':
      return (
        given.kind === 'vector' &&
        type.dimension === given.dimension &&
        isSameType(type.of, given.of)
      )
    case 'udt':
      return given.kind === 'udt' && given.name === type.name
    default:
      return unreachable(type)
  }
}

/** Returns a message about the first field of another type, in user-defined types that both sides have. */
function findWrongField(
  declared: CqlType,
  given: ServerType,
  userTypes: readonly DeclaredUserType[],
): string | undefined {
  const type = thaw(declared)
  if (type.kind === 'udt') {
    const userType = userTypes.find((each) => each.type === type.name)
    if (given.kind !== 'udt' || given.name !== type.name) return undefined
    for (const field of userType?.fields ?? []) {
      const stored = given.fields.find(({ name }) => name === field.name)?.type
      if (stored === undefined) continue
      const inner = findWrongField(field.type, stored, userTypes)
      if (inner !== undefined) return inner
      if (!isSameType(field.type, stored)) {
        return (
          `${userType?.name}.${field.property} is declared as ${printType(thawAll(field.type))} ` +
          `and is ${printServerType(stored)} in the type '${type.name}'`
        )
      }
    }
    return undefined
  }
  for (const [part, stored] of pairsOf(type, given)) {
    const inner = findWrongField(part, stored, userTypes)
    if (inner !== undefined) return inner
  }
  return undefined
}

/** Returns the parts of two types of one kind, side by side. */
function pairsOf(
  declared: Exclude<CqlType, { kind: 'frozen' }>,
  given: ServerType,
): readonly (readonly [CqlType, ServerType])[] {
  switch (declared.kind) {
    case 'native':
    case 'udt':
      return []
    case 'list':
    case 'set':
      return given.kind === declared.kind ? [[declared.of, given.of]] : []
    case 'vector':
      return given.kind === 'vector' ? [[declared.of, given.of]] : []
    case 'map':
      return given.kind === 'map'
        ? [
            [declared.key, given.key],
            [declared.value, given.value],
          ]
        : []
    case 'tuple':
      return given.kind === 'tuple'
        ? declared.of.flatMap((part, i) => {
            const stored = given.of[i]
            return stored === undefined ? [] : [[part, stored] as const]
          })
        : []
    default:
      return unreachable(declared)
  }
}

/** Prints a type as CQL. */
export function printServerType(type: ServerType): string {
  switch (type.kind) {
    case 'unknown':
      return `'${type.name}'`
    case 'list':
    case 'set':
      return `${type.kind}<${printServerType(type.of)}>`
    case 'map':
      return `map<${printServerType(type.key)}, ${printServerType(type.value)}>`
    case 'tuple':
      return `tuple<${type.of.map(printServerType).join(', ')}>`
    case 'vector':
      return `vector<${printServerType(type.of)}, ${type.dimension}>`
    case 'udt':
    case 'native':
      return printType(type)
    default:
      return unreachable(type)
  }
}
