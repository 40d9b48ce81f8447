import type { Codec } from '../../codec/codec'
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
import { isSameBytes, valueOf } from './snapshot'

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
      // A field that the class does not map is missing in such an element, which would be another one then.
      if (holdsUserType(column.type.of)) return undefined
      return setChange(column.codec, elementsOf(before), elementsOf(after))
    case 'map':
      if (holdsUserType(column.type.key)) return undefined
      return mapChange(column.codec, entriesOf(before), entriesOf(after))
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
  const isAt = (from: number) => before.every((each, i) => after[from + i]?.equals(each))
  if (isAt(0)) return operator(Append, codec, after.slice(before.length))
  return isAt(added) ? operator(Prepend, codec, after.slice(0, added)) : undefined
}

function setChange(
  codec: Codec,
  before: readonly Buffer[],
  after: readonly Buffer[],
): ColumnChange | undefined {
  const old = new Set(before.map(textOf))
  const now = new Set(after.map(textOf))
  return both(
    change(
      Add,
      codec,
      after.filter((each) => !old.has(textOf(each))),
    ),
    change(
      Remove,
      codec,
      before.filter((each) => !now.has(textOf(each))),
    ),
    before.some((each) => now.has(textOf(each))) || before.length === 0,
  )
}

/** Key and value, as bytes. */
type Entry = readonly [key: Buffer, value: Buffer]

function entriesOf(bytes: Buffer | null): ReadonlyMap<string, Entry> {
  const parts = elementsOf(bytes, 2)
  const entries = new Map<string, Entry>()
  for (let i = 0; i < parts.length; i += 2) {
    const key = parts[i] as Buffer
    entries.set(textOf(key), [key, parts[i + 1] as Buffer])
  }
  return entries
}

function mapChange(
  codec: Codec,
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
): ColumnChange | undefined {
  const put = [...after].filter(([text, [, value]]) => before.get(text)?.[1].equals(value) !== true)
  const taken = [...before].filter(([text]) => !after.has(text))
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

/** Undefined: there is nothing to change; null: it cannot be said so. */
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
    if (isSameBytes(old[i] ?? null, value)) continue
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

function textOf(bytes: Buffer): string {
  return bytes.toString('latin1')
}
