import type { CqlType } from '../cql/cql-type'
import { type FieldOrders, MissingFieldError } from '../driver/types/field-orders'
import { didYouMean } from '../errors/did-you-mean'
import { type Codec, type FieldCodec, Refusal } from './codec'
import { anyOrder, bytesParameter } from './parameter'
import { part } from './part'
import { kindOf } from './scalar'
import { eachComponent, encodeComponents } from './wire'

type UdtType = Extract<CqlType, { kind: 'udt' }>
type Fields = Readonly<Record<string, unknown>>

/** What a codec needs of the class of a user-defined type. */
export interface UserTypeShape {
  /** The class's name, for messages. */
  readonly entity: string
  /** By property, in the order of declaration. */
  readonly fields: ReadonlyMap<string, FieldCodec>
  /** Returns a new instance, from the constructor without arguments; or an empty object, if there is `finish`. */
  create(): Record<string, unknown>
  /** Makes an instance of its fields, for a class whose constructor needs arguments. */
  readonly finish?: ((fields: Record<string, unknown>) => Record<string, unknown>) | undefined
  /** True for what an instance has besides its fields, which is not stored. */
  isOwnState(property: string): boolean
  /** What is stored of a field without a value; undefined for null. */
  defaultOf(property: string): unknown
}

/** The user-defined types that a column may hold, by their CQL names. */
export type UserTypeShapes = ReadonlyMap<string, UserTypeShape>

/**
 * Instances of a class. Fields are found by name, never by position: the server's order is another one
 * when fields were added later.
 */
export function udtCodec(type: UdtType, shape: UserTypeShape): Codec<Fields> {
  const { fields } = shape
  const byName = new Map(
    [...fields].map(([property, { name, codec }]) => [name, { property, codec }]),
  )
  const placesOf = placesCache(type, shape, byName)
  const encode = (value: Fields, orders?: FieldOrders) =>
    encodeComponents(
      placesOf(orders, value).map((field) => {
        const component = field === undefined ? null : (value[field.property] ?? null)
        return field === undefined || component === null
          ? null
          : field.codec.encode(component, orders)
      }),
    )
  const read = (values: (field: FieldCodec, property: string) => unknown): Fields => {
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
    fromDriver(value) {
      const row = value as Fields
      return read(({ name, codec }, property) => {
        const cell = Object.hasOwn(row, name) ? row[name] : undefined
        return cell === null || cell === undefined
          ? codec.absent()
          : part('field', property, cell, codec.fromDriver)
      })
    },
    decode(bytes, at, length, orders) {
      const places = placesOf(orders, {})
      const values = new Map<string, unknown>()
      eachComponent(bytes, at, length, places.length, (i, place, size) => {
        const field = places[i]
        if (field === undefined || size < 0) return
        values.set(
          field.property,
          part('field', field.property, place, () =>
            field.codec.decode(bytes, place, size, orders),
          ),
        )
      })
      return read(({ codec }, property) =>
        values.has(property) ? values.get(property) : codec.absent(),
      )
    },
    absent: () => null,
    inner: [...fields.values()].map(({ codec }) => codec),
    fields,
  }
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
    if (!fields.has(property) && !shape.isOwnState(property)) {
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
  return checked
}

/** True for an object that may be a bag of fields. */
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
 * Which field stands at each place of the bytes. A place of a field that the class does not map is
 * undefined. Throws `MissingFieldError` when `value` would lose a field that the keyspace does not have.
 */
function placesCache(
  { name: type }: UdtType,
  { entity, fields }: UserTypeShape,
  byName: ReadonlyMap<string, Place>,
): (orders: FieldOrders | undefined, value: Fields) => readonly (Place | undefined)[] {
  const declared = [...byName.values()]
  const known = new WeakMap<
    readonly string[],
    { places: readonly (Place | undefined)[]; missing: readonly string[] }
  >()
  return (orders, value) => {
    if (orders === anyOrder) return declared
    const order = orders?.of(type)
    if (order === undefined) {
      throw new MissingFieldError(`the type '${type}' of ${entity} is not there`)
    }
    let found = known.get(order)
    if (found === undefined) {
      found = {
        places: order.map((field) => byName.get(field)),
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
    return found.places
  }
}
