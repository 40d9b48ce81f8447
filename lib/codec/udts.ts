import type { CqlType } from '../cql/cql-type'
import { type FieldOrders, MissingFieldError } from '../driver/types/field-orders'
import type { ServerType } from '../driver/types/server-type'
import { didYouMean } from '../errors/did-you-mean'
import { type Codec, type FieldCodec, Refusal } from './codec'
import { compareComponents } from './compare'
import { anyOrder, bytesParameter } from './parameter'
import { part } from './part'
import { kindOf } from './scalar'
import {
  type UnknownFields,
  decodeUnknown,
  encodeUnknown,
  rememberUnknown,
  rememberUnread,
  unknownFieldsOf,
  unreadFieldOf,
} from './unknown-fields'
import { eachComponent, eachStoredComponent, encodeComponents } from './wire'

type UdtType = Extract<CqlType, { kind: 'udt' }>
type Fields = Readonly<Record<string, unknown>>

/** The parts of the class of a user-defined type that a codec needs. */
export interface UserTypeShape {
  /** The class's name, for messages. */
  readonly entity: string
  /** By property, in the order of declaration. */
  readonly fields: ReadonlyMap<string, FieldCodec>
  /** Returns a new instance, from the constructor without arguments; or an empty object, if there is `finish`. */
  create(): Record<string, unknown>
  /** Makes an instance of its fields, for a class whose constructor needs arguments. */
  readonly finish?: ((fields: Record<string, unknown>) => Record<string, unknown>) | undefined
  /** Tells a property of an instance that is not a field and is not stored. */
  isOwnState(property: string, value: object): boolean
  /** Returns the stored value of a field without a value; undefined for null. */
  defaultOf(property: string): unknown
}

/** Returns the bytes of a value that the driver read from a field without a codec; undefined if they cannot be known. */
export type FieldBytes = (
  type: ServerType | undefined,
  value: unknown,
  orders: FieldOrders | undefined,
) => Buffer | undefined

/** The user-defined types that a column may hold, by their CQL names. */
export type UserTypeShapes = ReadonlyMap<string, UserTypeShape>

/**
 * Instances of a class. Fields are found by name, never by position: the server's order differs when fields were added
 * later. Fields that the class does not have are kept beside the instance and written back.
 */
export function udtCodec(type: UdtType, shape: UserTypeShape, bytesOf: FieldBytes): Codec<Fields> {
  const { fields } = shape
  const placesOf = placesCache(type, shape)
  const names = new Set(Array.from(fields.values(), ({ name }) => name))
  const encode = (value: Fields, orders?: FieldOrders) => {
    const unknown = unknownFieldsOf(value)
    const components = placesOf(orders, value, unknown).map((place) => {
      if (typeof place === 'string') return unknown?.get(place) ?? null
      const component = value[place.property] ?? null
      return component === null ? null : place.codec.encode(component, orders)
    })
    return encodeComponents(
      unknown !== undefined && orders === anyOrder
        ? [...components, encodeUnknown(unknown)]
        : components,
    )
  }
  const make = (values: (field: FieldCodec, property: string) => unknown): Fields => {
    const instance = shape.create()
    for (const [property, field] of fields) instance[property] = values(field, property)
    return shape.finish === undefined ? instance : shape.finish(instance)
  }
  return {
    type,
    form: 'native',
    check: (input) => checkFields(shape, input),
    toDriver: bytesParameter(type, encode),
    toPlain: (value, nested) => nested(type.name, value),
    fromPlain: (plain, nested) => nested(type.name, plain) as Fields,
    encode,
    fromDriver(value, orders) {
      const row = value as Fields
      const instance = make(({ name, codec }, property) => {
        const cell = Object.hasOwn(row, name) ? (row[name] ?? null) : null
        return cell === null
          ? null
          : part('field', property, cell, (present) => codec.fromDriver(present, orders))
      })
      let unknown: Map<string, Buffer> | undefined
      for (const name of Object.keys(row)) {
        const cell = names.has(name) ? null : (row[name] ?? null)
        if (cell === null) continue
        const bytes = bytesOf(orders?.typeOf?.(type.name, name), cell, orders)
        if (bytes === undefined) rememberUnread(instance, name)
        else (unknown ??= new Map()).set(name, bytes)
      }
      rememberUnknown(instance, unknown)
      return instance
    },
    decode(bytes, at, length, orders) {
      const places = placesOf(orders, noFields)
      const values = new Map<string, unknown>()
      let unknown: Map<string, Buffer> | undefined
      eachComponent(bytes, at, length, places.length, (i, start, size) => {
        const place = places[i]
        if (place === undefined || size < 0) return
        if (typeof place === 'string') {
          unknown ??= new Map()
          unknown.set(place, Buffer.from(bytes.subarray(start, start + size)))
          return
        }
        const { property, codec } = place
        values.set(
          property,
          part('field', property, start, () => codec.decode(bytes, start, size, orders)),
        )
      })
      const instance = make((_, property) => values.get(property) ?? null)
      rememberUnknown(
        instance,
        orders === anyOrder ? unknownAfter(places.length, bytes, at, length) : unknown,
      )
      return instance
    },
    compare(a, b, orders) {
      const codecs = placesOf(orders, noFields).map((place) =>
        typeof place === 'string' ? undefined : place.codec,
      )
      return compareComponents(orders === anyOrder ? [...codecs, undefined] : codecs, a, b, orders)
    },
    absent: () => null,
    inner: [...fields.values()].map(({ codec }) => codec),
    fields,
  }
}

const noFields: Fields = {}

/** The fields that follow the declared ones in bytes that are in no keyspace's order. */
function unknownAfter(
  declared: number,
  bytes: Buffer,
  at: number,
  length: number,
): UnknownFields | undefined {
  let unknown: UnknownFields | undefined
  eachStoredComponent(bytes, at, length, (i, place, size) => {
    if (i === declared && size >= 0) unknown = decodeUnknown(bytes, place, size)
  })
  return unknown
}

/** Every field checked; one that is missing is null. */
function checkFields(shape: UserTypeShape, input: unknown): Fields {
  const { entity, fields } = shape
  if (!isFields(input)) {
    throw new Refusal(
      `needs an instance of ${entity} or an object of its fields; got ${kindOf(input)}`,
    )
  }
  for (const property of Object.keys(input)) {
    if (!fields.has(property) && !shape.isOwnState(property, input)) {
      throw new Refusal(
        `has '${property}', which is not a field of ${entity}${didYouMean(property, fields.keys())}`,
      )
    }
  }
  const given = input as Fields
  const checked = Object.create(null) as Record<string, unknown>
  for (const [property, { codec }] of fields) {
    const value = given[property] === undefined ? shape.defaultOf(property) : given[property]
    checked[property] =
      value === null || value === undefined ? null : part('field', property, value, codec.check)
  }
  rememberUnknown(checked, unknownFieldsOf(input))
  const lost = unreadFieldOf(input)
  if (lost !== undefined) {
    throw new Refusal(
      `was read with a value of the field '${lost}', which ${entity} does not have and which the ` +
        'driver did not read exactly; declare the field, or give a new value',
    )
  }
  return checked
}

/** Returns `true` for an object that may contain fields. */
export function isFields(input: unknown): input is object {
  return typeof input === 'object' && input !== null && !isContainer(input)
}

/** Objects that are no bag of fields, whatever they hold. */
function isContainer(input: object): boolean {
  return (
    Array.isArray(input) ||
    input instanceof Map ||
    input instanceof Set ||
    input instanceof Date ||
    ArrayBuffer.isView(input)
  )
}

interface Place {
  readonly property: string
  readonly codec: Codec
}

/**
 * The field at each place of the bytes: a field of the class, or the name of a field that the class does not have.
 */
type Places = readonly (Place | string)[]

/**
 * Finds what stands at each place. Throws `MissingFieldError` when `value`, or what it was read with, would lose a field
 * that the keyspace does not have.
 */
function placesCache(
  { name: type }: UdtType,
  { entity, fields }: UserTypeShape,
): (orders: FieldOrders | undefined, value: Fields, unknown?: UnknownFields) => Places {
  const byName = new Map(
    [...fields].map(([property, { name, codec }]) => [name, { property, codec }]),
  )
  const declared = [...byName.values()]
  const known = new WeakMap<readonly string[], { places: Places; missing: readonly string[] }>()
  return (orders, value, unknown) => {
    if (orders === anyOrder) return declared
    const order = orders?.of(type)
    if (order === undefined) {
      throw new MissingFieldError(`the type '${type}' of ${entity} does not exist in the keyspace`)
    }
    let found = known.get(order)
    if (found === undefined) {
      found = {
        places: order.map((field) => byName.get(field) ?? field),
        missing: [...fields].flatMap(([property, { name }]) =>
          order.includes(name) ? [] : [property],
        ),
      }
      known.set(order, found)
    }
    const lost = found.missing.find((property) => (value[property] ?? null) !== null)
    if (lost !== undefined) {
      throw new MissingFieldError(
        `the type '${type}' has no field '${fields.get(lost)?.name}', which is ${entity}.${lost}`,
      )
    }
    for (const name of unknown?.keys() ?? []) {
      if (!order.includes(name)) {
        throw new MissingFieldError(
          `the type '${type}' has no field '${name}', which this ${entity} was read with`,
        )
      }
    }
    return found.places
  }
}
