import { thaw } from '../cql/type-tree'
import { type Codec, Refusal } from './codec'
import { frozenCodec } from './frozen'
import { identityOf } from './identity'
import { checkedFromPlain } from './plain-parts'
import { listCodec, setAsArrayCodec, setCodec } from './collections'

/** A TypeScript enum, or its values in an array. */
export type EnumOption = Readonly<Record<string, string | number>> | readonly (string | number)[]

/** The names and values of an enum; the names that numeric ones have for their values are left out. */
function membersOf(option: EnumOption): ReadonlyMap<string, string | number> {
  if (Array.isArray(option)) {
    return new Map((option as readonly (string | number)[]).map((value) => [String(value), value]))
  }
  return new Map(
    Object.entries(option as Readonly<Record<string, string | number>>).filter(
      ([name, value]) => !(typeof value === 'string' && isReverse(option, name, value)),
    ),
  )
}

/** `Level[0] === 'Low'` beside `Level.Low === 0`. */
function isReverse(option: EnumOption, name: string, value: string): boolean {
  const given = option as Readonly<Record<string, string | number>>
  return String(Number(name)) === name && given[value] === Number(name)
}

/**
 * A codec that takes only the members of an enum; of a list or set, each element is one.
 * What the table already holds is read as it is. Throws `Refusal` for a member that the type cannot hold,
 * undefined when the type has no values that could be members.
 */
export function enumCodec(inner: Codec, option: EnumOption): Codec | undefined {
  const { type, parts } = inner
  if (type.kind === 'native') return scalarEnum(inner, membersOf(option))
  const collection = thaw(type)
  if (parts === undefined || (collection.kind !== 'list' && collection.kind !== 'set')) {
    return undefined
  }
  if (parts.value.type.kind !== 'native') return undefined
  const element = scalarEnum(parts.value, membersOf(option))
  const made: unknown =
    collection.kind === 'list'
      ? listCodec(collection, element)
      : (inner.form === 'array' ? setAsArrayCodec : setCodec)(collection, element)
  const codec = made as Codec
  return type.kind === 'frozen' ? frozenCodec(type, codec) : codec
}

/** The most values without a member that are remembered of what was read. */
const maxForeign = 1000

/** `'red'`, `0 (Low)`: what to give, and the name of a number. */
function printMember([name, value]: readonly [name: string, value: string | number]): string {
  if (typeof value === 'string') return `'${value}'`
  return name === String(value) ? name : `${value} (${name})`
}

function scalarEnum(inner: Codec, members: ReadonlyMap<string, string | number>): Codec {
  const identify = (value: unknown) => identityOf(inner, inner.encode(value))
  const values = new Set([...members.values()].map((value) => inner.check(value)))
  const identities = new Set(Array.from(values, identify))
  const allowed = [...members].map(printMember).join(', ')
  // Values that another version of the program wrote: a row that has one can be saved and removed.
  const foreign = new Set<string>()
  const check = (input: unknown): unknown => {
    const value = inner.check(input)
    if (values.has(value)) return value
    const identity = identify(value)
    if (!identities.has(identity) && !foreign.has(identity)) {
      throw new Refusal(`must be one of ${allowed}`)
    }
    return value
  }
  const note = (value: unknown): unknown => {
    if (value !== null && !values.has(value) && foreign.size < maxForeign) {
      const identity = identify(inner.check(value))
      if (!identities.has(identity)) foreign.add(identity)
    }
    return value
  }
  return {
    ...inner,
    check,
    fromPlain: checkedFromPlain(inner, check),
    fromDriver: (value) => note(inner.fromDriver(value)),
    decode: (bytes, at, length, orders) => note(inner.decode(bytes, at, length, orders)),
  }
}
