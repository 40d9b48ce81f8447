import type { CqlType } from '../cql/cql-type'
import type { NativeName } from '../cql/native-types'
import { printType } from '../cql/print-type'
import { isFloatVector } from '../cql/type-tree'
import type { FieldOrders } from '../driver/types/field-orders'
import { type ServerType, isKnownType, serverPartsOf } from '../driver/types/server-type'
import { unreachable } from '../errors/unreachable'
import { bigints } from './bigints'
import { type Codec, type Form, Refusal } from './codec'
import { listCodec, setAsArrayCodec, setCodec } from './collections'
import { decimals } from './decimals'
import { frozenCodec } from './frozen'
import { inets } from './inets'
import { isTextLike, mapAsObjectCodec, mapCodec } from './maps'
import { numbers } from './numbers'
import { temporals } from './temporals'
import { texts } from './texts'
import { tupleCodec } from './tuples'
import { type UserTypeShape, type UserTypeShapes, udtCodec } from './udts'
import { uuids } from './uuids'
import { float32VectorCodec, vectorCodec } from './vectors'

/** The type has no such form, or no codec at all; the message says what there is. */
export class NoCodecError extends Error {
  override readonly name = 'NoCodecError'
}

type Forms = { readonly native: unknown } & Readonly<Partial<Record<Form, unknown>>>

/** Every native type with the forms it has. */
const scalars = {
  ...numbers,
  ...bigints,
  ...decimals,
  ...texts,
  ...uuids,
  ...inets,
  ...temporals,
} as const satisfies Record<NativeName, Forms>

/** The forms that a type has on the JavaScript side; `native` is the one without `as`. */
export function formsOf(type: CqlType): readonly Form[] {
  switch (type.kind) {
    case 'native':
      return Object.keys(scalars[type.name]) as Form[]
    case 'frozen':
      return formsOf(type.of)
    case 'set':
      return ['native', 'array']
    case 'map':
      return isTextLike(type.key) ? ['native', 'object'] : ['native']
    case 'vector':
      return isFloatVector(type) ? ['native', 'float32'] : ['native']
    case 'list':
    case 'tuple':
    case 'udt':
      return ['native']
    default:
      return unreachable(type)
  }
}

const noUserTypes: UserTypeShapes = new Map()

/** The codec of a type in one of its forms. Throws `NoCodecError`. */
export function codecFor(
  type: CqlType,
  form: Form = 'native',
  userTypes: UserTypeShapes = noUserTypes,
): Codec {
  const of = (part: CqlType) => codecFor(part, 'native', userTypes)
  const forms = formsOf(type)
  if (!forms.includes(form)) {
    const others = forms.filter((each) => each !== 'native').map((each) => `'${each}'`)
    throw new NoCodecError(
      `${printType(type)} has no as: '${form}'; ` +
        (others.length === 0 ? 'it has no as at all' : `it has ${others.join(' and ')}`),
    )
  }
  switch (type.kind) {
    case 'native':
      return (scalars[type.name] as Readonly<Record<string, unknown>>)[form] as Codec
    case 'frozen':
      return frozenCodec(type, codecFor(type.of, form, userTypes))
    case 'list':
      return listCodec(type, of(type.of)) as Codec
    case 'set':
      return (form === 'array' ? setAsArrayCodec : setCodec)(type, of(type.of)) as Codec
    case 'map':
      return (form === 'object' ? mapAsObjectCodec : mapCodec)(
        type,
        of(type.key),
        of(type.value),
      ) as Codec
    case 'tuple':
      return tupleCodec(type, type.of.map(of)) as Codec
    case 'vector':
      return (form === 'float32' ? float32VectorCodec : vectorCodec)(type, of(type.of)) as Codec
    case 'udt': {
      const shape = userTypes.get(type.name)
      if (shape === undefined) {
        throw new NoCodecError(`${printType(type)} is a user-defined type; write () => TheClass`)
      }
      return udtCodec(type, shape, bytesOfDriverValue) as Codec
    }
    default:
      return unreachable(type)
  }
}

/**
 * Returns the bytes of a value that the driver read, of a type without classes; undefined if the driver did not read it
 * exactly, or the type is not known.
 */
function bytesOfDriverValue(
  type: ServerType | undefined,
  value: unknown,
  orders: FieldOrders | undefined,
): Buffer | undefined {
  if (type === undefined) return undefined
  // The driver gives the bytes of a type that it does not know.
  if (type.kind === 'unknown') return Buffer.isBuffer(value) ? value : undefined
  const codec = classlessCodec(type)
  try {
    return codec?.encode(codec.check(codec.fromDriver(value, orders)), orders)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

const classless = new WeakMap<ServerType, Codec | undefined>()

/** The codec of a type as the server tells it: values of user-defined types are plain objects. */
function classlessCodec(type: ServerType): Codec | undefined {
  if (!classless.has(type)) {
    classless.set(type, isKnownType(type) ? codecFor(type, 'native', shapesIn(type)) : undefined)
  }
  return classless.get(type)
}

/** The user-defined types in a type, with those of their fields that coodie knows. */
function shapesIn(type: ServerType, shapes = new Map<string, UserTypeShape>()): UserTypeShapes {
  for (const part of serverPartsOf(type)) shapesIn(part, shapes)
  if (type.kind !== 'udt') return shapes
  const known = type.fields.filter((field) => isKnownType(field.type))
  const codecOf = (field: ServerType) => codecFor(field as CqlType, 'native', shapes)
  shapes.set(type.name, {
    entity: type.name,
    fields: new Map(known.map(({ name, type: of }) => [name, { name, codec: codecOf(of) }])),
    create: () => Object.create(null) as Record<string, unknown>,
    isOwnState: () => false,
    defaultOf: () => undefined,
  })
  return shapes
}
