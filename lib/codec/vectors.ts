import type { CqlType } from '../cql/cql-type'
import { isFloatVector, vectorLength } from '../cql/type-tree'
import { isDriverValue } from '../driver/types/is-driver-value'
import type { FieldOrders } from '../driver/types/field-orders'
import { type Codec, Refusal } from './codec'
import { canHoldEmpty, encodePart, rememberEmpty } from './empty-parts'
import { bytesParameter } from './parameter'
import { presentPart } from './part'
import { allFromPlain, allToPlain, checkedFromPlain } from './plain-parts'
import { kindOf } from './scalar'
import { decodeVint, encodeVint } from './wire'

type VectorType = Extract<CqlType, { kind: 'vector' }>

function elementsOf({ dimension }: VectorType, input: unknown): readonly unknown[] {
  if (
    !Array.isArray(input) &&
    !(input instanceof Float32Array) &&
    !isDriverValue(input, 'Vector')
  ) {
    throw new Refusal(`needs an array of ${dimension}; got ${kindOf(input)}`)
  }
  const elements = Array.from(input as Iterable<unknown>)
  if (elements.length !== dimension) {
    throw new Refusal(`needs an array of ${dimension}; got one of ${elements.length}`)
  }
  return elements
}

function vector<V extends Iterable<unknown> & object>(
  type: VectorType,
  of: Codec,
  form: 'native' | 'float32',
  make: (elements: readonly unknown[]) => V,
): Codec<V> {
  const { dimension } = type
  const length = vectorLength(type.of)
  const isIndexable = isFloatVector(type)
  const checkElement = (value: unknown) => {
    const checked = of.check(value)
    // Neither can be compared with a vector, and an index of the server dies on them.
    if (isIndexable && !Number.isFinite(checked)) throw new Refusal('must be finite')
    return checked
  }
  const elementFromPlain: Codec['fromPlain'] = (plain, nested) =>
    checkElement(of.fromPlain(plain, nested))
  const made = (values: readonly unknown[]): V =>
    length === undefined && values.includes(null) ? rememberEmpty(make(values)) : make(values)
  const partsOf = (bytes: Buffer): readonly Buffer[] => {
    const parts: Buffer[] = []
    for (let i = 0, next = 0; i < dimension && bytes.length > 0; i++) {
      const element = length === undefined ? decodeVint(bytes, next) : { length, next }
      next = element.next + element.length
      parts.push(bytes.subarray(element.next, next))
    }
    return parts
  }
  const encode = (values: V, orders?: FieldOrders) => {
    const parts: Buffer[] = []
    for (const value of values) {
      const bytes = encodePart(of, value, orders)
      if (length === undefined) parts.push(encodeVint(bytes.length))
      parts.push(bytes)
    }
    return Buffer.concat(parts)
  }
  return {
    type,
    form,
    check(input) {
      const isWithEmpty = canHoldEmpty(input)
      const checked = make(
        elementsOf(type, input).map((value, i) =>
          isWithEmpty && value === null ? null : presentPart('element', i, value, checkElement),
        ),
      )
      return isWithEmpty ? rememberEmpty(checked) : checked
    },
    toDriver: bytesParameter(type, encode),
    encode,
    toPlain(value, nested) {
      const elements = elementsOf(type, value)
      return allToPlain(of, canHoldEmpty(value) ? rememberEmpty(elements) : elements, nested)
    },
    fromPlain: (plain, nested) =>
      make(allFromPlain({ ...of, fromPlain: elementFromPlain }, elementsOf(type, plain), nested)),
    fromDriver: (value, orders) =>
      made(
        Array.from(value as Iterable<unknown>, (each) =>
          each === null || each === undefined ? null : of.fromDriver(each, orders),
        ),
      ),
    decode(bytes, at, total, orders) {
      if (total === 0) return null
      if (length !== undefined && total !== length * dimension) {
        throw new Refusal(`the server sent ${total} bytes for a vector of ${length * dimension}`)
      }
      const values: unknown[] = []
      let next = at
      for (let i = 0; i < dimension; i++) {
        const element = length === undefined ? decodeVint(bytes, next) : { length, next }
        values.push(of.decode(bytes, element.next, element.length, orders))
        next = element.next + element.length
      }
      return made(values)
    },
    compare(a, b, orders) {
      const [left, right] = [partsOf(a), partsOf(b)]
      for (const [i, part] of left.entries()) {
        const difference = of.compare(part, right[i] ?? Buffer.alloc(0), orders)
        if (difference !== 0) return difference
      }
      return 0
    },
    absent: () => null,
    inner: [of],
  }
}

export function vectorCodec(type: VectorType, of: Codec): Codec<readonly unknown[]> {
  return vector(type, of, 'native', (elements) => elements)
}

/** A vector of floats as a Float32Array. */
export function float32VectorCodec(type: VectorType, of: Codec): Codec<Float32Array> {
  return vector(type, of, 'float32', (elements) =>
    Float32Array.from(elements as number[]),
  ) as Codec<Float32Array>
}

/**
 * Returns the codec of a vector that is compared by its direction. The server's index fails on a zero vector, which
 * has no direction.
 */
export function directedCodec(codec: Codec): Codec {
  const check = (input: unknown): unknown => {
    const vector = codec.check(input)
    if (Array.from(vector as Iterable<unknown>).some((element) => element !== 0)) return vector
    throw new Refusal('is a zero vector, which has no direction and no cosine similarity')
  }
  return { ...codec, check, fromPlain: checkedFromPlain(codec, check) }
}
