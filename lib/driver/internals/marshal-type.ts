import type { CqlType } from '../../cql/cql-type'
import { type NativeName, nativeNames, nativeType } from '../../cql/native-types'

const marshal = 'org.apache.cassandra.db.marshal.'

/** The native types by the server's class names. */
const natives: ReadonlyMap<string | undefined, NativeName> = new Map(
  nativeNames.map((name) => [nativeType(name).marshalClass, name]),
)

/**
 * A type that the protocol has no code for, as the server's classes: `…VectorType(…FloatType , 3)`, `…DurationType`.
 * Undefined for a class that is not known here, such as a user-defined type inside a vector.
 */
export function parseMarshalType(text: string): CqlType | undefined {
  const names = text.replaceAll(marshal, '').match(/\w+|[(),]/gu) ?? []
  const parsed = typeAt(names, 0)
  return parsed?.next === names.length ? parsed.type : undefined
}

interface Parsed {
  readonly type: CqlType
  /** The place after the type. */
  readonly next: number
}

function typeAt(names: readonly string[], at: number): Parsed | undefined {
  const name = names[at] ?? ''
  if (names[at + 1] !== '(') {
    const native = natives.get(name)
    return native && { type: { kind: 'native', name: native }, next: at + 1 }
  }
  const types: CqlType[] = []
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

function typeOf(
  name: string,
  types: readonly CqlType[],
  [dimension]: readonly number[],
): CqlType | undefined {
  const [of, value] = types
  if (of === undefined) return undefined
  switch (name) {
    case 'FrozenType':
      return { kind: 'frozen', of }
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
