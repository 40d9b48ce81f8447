import { type NativeName, nativeNames, nativeType } from '../../cql/native-types'
import type { ServerType } from '../types/server-type'

const marshal = 'org.apache.cassandra.db.marshal.'

/** The native types by the server's class names, with the names that only functions and old tables have. */
const natives: ReadonlyMap<string | undefined, NativeName> = new Map<
  string | undefined,
  NativeName
>([
  ...nativeNames.map((name) => [nativeType(name).marshalClass, name] as const),
  ['LegacyTimeUUIDType', 'timeuuid'],
  ['DateType', 'timestamp'],
  ['CounterColumnType', 'counter'],
])

/**
 * Returns the type of a server's class: `…VectorType(…FloatType , 3)`, `…DurationType`. The protocol sends the class
 * of a type that it has no code for. A class that is not known here is of the kind `unknown`.
 */
export function parseMarshalType(text: string): ServerType {
  const names = text.replaceAll(marshal, '').match(/\w+|[(),:]/gu) ?? []
  const parsed = typeAt(names, 0)
  return parsed?.next === names.length ? parsed.type : { kind: 'unknown', name: text }
}

interface Parsed {
  readonly type: ServerType
  /** The place after the type. */
  readonly next: number
}

function typeAt(names: readonly string[], at: number): Parsed | undefined {
  const name = names[at] ?? ''
  if (name === 'UserType') return userTypeAt(names, at)
  if (names[at + 1] !== '(') {
    const native = natives.get(name)
    return native && { type: { kind: 'native', name: native }, next: at + 1 }
  }
  const types: ServerType[] = []
  const numbers: number[] = []
  let next = at + 1
  do {
    next++
    if (/^\d+$/u.test(names[next] ?? '')) {
      numbers.push(Number(names[next]))
      next++
      continue
    }
    const argument = typeAt(names, next)
    if (argument === undefined) return undefined
    types.push(argument.type)
    next = argument.next
  } while (names[next] === ',')
  const type = names[next] === ')' ? typeOf(name, types, numbers) : undefined
  return type && { type, next: next + 1 }
}

/** Reads `UserType(keyspace,6e616d65,6669656c64:Int32Type,…)`; the names are the bytes of their text. */
function userTypeAt(names: readonly string[], at: number): Parsed | undefined {
  const fields: { readonly name: string; readonly type: ServerType }[] = []
  let next = at + 5
  while (names[next] === ',') {
    const field = typeAt(names, next + 3)
    if (field === undefined || names[next + 2] !== ':') return undefined
    fields.push({ name: textOf(names[next + 1]), type: field.type })
    next = field.next
  }
  if (names[at + 1] !== '(' || names[next] !== ')') return undefined
  return { type: { kind: 'udt', name: textOf(names[at + 4]), fields }, next: next + 1 }
}

function textOf(hex = ''): string {
  return Buffer.from(hex, 'hex').toString()
}

function typeOf(
  name: string,
  types: readonly ServerType[],
  [dimension]: readonly number[],
): ServerType | undefined {
  const [of, value] = types
  if (of === undefined) return undefined
  switch (name) {
    case 'FrozenType':
    case 'ReversedType':
      return of
    case 'ListType':
      return { kind: 'list', of }
    case 'SetType':
      return { kind: 'set', of }
    case 'MapType':
      return value && { kind: 'map', key: of, value }
    case 'TupleType':
      return { kind: 'tuple', of: types }
    case 'VectorType':
      return dimension === undefined ? undefined : { kind: 'vector', of, dimension }
    default:
      return undefined
  }
}
