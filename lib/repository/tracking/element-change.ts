import type { Codec } from '../../codec/codec'
import { identityOf } from '../../codec/identity'
import { anyOrder } from '../../codec/parameter'
import { holdsUserType } from '../../cql/type-tree'
import { eachComponent, eachElement, encodeElements } from '../../codec/wire'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { removed } from '../../statement/clause/assignment'
import {
  Add,
  Append,
  Both,
  type ColumnChange,
  Fields,
  Prepend,
  Put,
  Remove,
} from '../../statement/change'
import { isSameValue, valueOf } from './snapshot'

/**
 * The operator that makes one value of another by its elements alone, given the bytes of both; undefined where only
 * the whole value does. `before` is null where nothing is stored.
 */
export function elementChange(
  column: ColumnMetadata,
  before: Buffer | null,
  after: Buffer,
): ColumnChange | undefined {
  switch (column.type.kind) {
    case 'list':
      return listChange(column.codec, elementsOf(before), elementsOf(after))
    case 'set':
      // Elements that end in null fields are stored in several forms, and a removal names one.
      if (holdsUserType(column.type.of)) return undefined
      return setChange(column.codec, elementsOf(before), elementsOf(after))
    case 'map':
      if (holdsUserType(column.type.key)) return undefined
      return mapChange(
        column.codec,
        entriesOf(column.codec, before),
        entriesOf(column.codec, after),
      )
    case 'udt':
      return fieldsChange(column.codec, before, after)
    case 'native':
    case 'frozen':
    case 'tuple':
    case 'vector':
      return undefined
    default:
      return unreachable(column.type)
  }
}

function elementsOf(bytes: Buffer | null, perItem: 1 | 2 = 1): readonly Buffer[] {
  const elements: Buffer[] = []
  if (bytes !== null) {
    eachElement(bytes, 0, perItem, (at, length) => elements.push(bytes.subarray(at, at + length)))
  }
  return elements
}

/** Elements added at one end of a list. */
function listChange(
  codec: Codec,
  before: readonly Buffer[],
  after: readonly Buffer[],
): ColumnChange | undefined {
  const added = after.length - before.length
  if (added <= 0) return undefined
  const identities = after.map((each) => identify(codec, each))
  const isAt = (from: number) =>
    before.every((each, i) => identities[from + i] === identify(codec, each))
  if (isAt(0)) return operator(Append, codec, after.slice(before.length))
  return isAt(added) ? operator(Prepend, codec, after.slice(0, added)) : undefined
}

function setChange(
  codec: Codec,
  before: readonly Buffer[],
  after: readonly Buffer[],
): ColumnChange | undefined {
  const old = new Set(before.map((each) => identify(codec, each)))
  const now = new Set(after.map((each) => identify(codec, each)))
  return both(
    change(
      Add,
      codec,
      after.filter((each) => !old.has(identify(codec, each))),
    ),
    change(
      Remove,
      codec,
      before.filter((each) => !now.has(identify(codec, each))),
    ),
    before.some((each) => now.has(identify(codec, each))) || before.length === 0,
  )
}

/** The bytes of a key and its value. */
type Entry = readonly [key: Buffer, value: Buffer]

function entriesOf(codec: Codec, bytes: Buffer | null): ReadonlyMap<string, Entry> {
  const parts = elementsOf(bytes, 2)
  const entries = new Map<string, Entry>()
  for (let i = 0; i < parts.length; i += 2) {
    const key = parts[i] as Buffer
    entries.set(identify(codec, key), [key, parts[i + 1] as Buffer])
  }
  return entries
}

function mapChange(
  codec: Codec,
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
): ColumnChange | undefined {
  const put = [...after].filter(
    ([key, [, value]]) => !isSameEntry(codec, before.get(key)?.[1], value),
  )
  const taken = [...before].filter(([key]) => !after.has(key))
  return both(
    change(
      Put as unknown as Make,
      codec,
      put.flatMap(([, entry]) => entry),
      2,
    ),
    change(
      Remove,
      removed(codec),
      taken.map(([, [key]]) => key),
    ),
    taken.length < before.size || before.size === 0,
  )
}

function isSameEntry({ inner: [, of] }: Codec, a: Buffer | undefined, b: Buffer): boolean {
  return a !== undefined && of !== undefined && isSameValue(of, a, b)
}

/** A change of elements; undefined if nothing changes, null if operators cannot express the change. */
type Part = ColumnChange | undefined | null

/** One operator or two of one column; the whole value where nothing of the old one stays. */
function both(added: Part, taken: Part, keepsSome: boolean): ColumnChange | undefined {
  if (added === null || taken === null || !keepsSome) return undefined
  if (added === undefined || taken === undefined) return added ?? taken
  return Both(added as ColumnChange<'add' | 'put'>, taken as ColumnChange<'remove'>)
}

function change(make: Make, codec: Codec, elements: readonly Buffer[], perItem: 1 | 2 = 1): Part {
  return elements.length === 0 ? undefined : (operator(make, codec, elements, perItem) ?? null)
}

type Make = (operand: never) => ColumnChange

/** An operator of these elements, when they are the same after they went through the codec as an operand does. */
function operator(
  make: Make,
  codec: Codec,
  elements: readonly Buffer[],
  perItem: 1 | 2 = 1,
): ColumnChange | undefined {
  const bytes = encodeElements(elements.length / perItem, elements)
  const operand = readBack(codec, bytes)
  return operand === undefined ? undefined : make(operand as never)
}

/** The value of these bytes; undefined where its bytes would be others: a transformer may take whole values only. */
function readBack(codec: Codec, bytes: Buffer): unknown {
  try {
    const value = valueOf(codec, bytes)
    return codec.encode(codec.check(value), anyOrder).equals(bytes) ? value : undefined
  } catch {
    return undefined
  }
}

/** The fields that have other values; the others, also those that the class does not map, stay as they are. */
function fieldsChange(
  { fields }: Codec,
  before: Buffer | null,
  after: Buffer,
): ColumnChange | undefined {
  const declared = [...(fields ?? [])]
  const old = before === null ? [] : componentsOf(before, declared.length)
  const now = componentsOf(after, declared.length)
  const changed: Record<string, unknown> = {}
  for (const [i, [property, { codec }]] of declared.entries()) {
    const value = now[i] ?? null
    if (isSameValue(codec, old[i] ?? null, value)) continue
    changed[property] = value === null ? null : valueOf(codec, value)
  }
  return Fields(changed) as unknown as ColumnChange
}

function componentsOf(bytes: Buffer, count: number): readonly (Buffer | null)[] {
  const components: (Buffer | null)[] = []
  eachComponent(bytes, 0, bytes.length, count, (_, at, length) =>
    components.push(length < 0 ? null : bytes.subarray(at, at + length)),
  )
  return components
}

/** A text that is equal for elements, or keys of a map, that Cassandra holds to be one. */
function identify({ inner: [of] }: Codec, bytes: Buffer): string {
  return of === undefined ? bytes.toString('latin1') : identityOf(of, bytes)
}
