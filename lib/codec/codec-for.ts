import type { CqlType } from '../cql/cql-type'
import type { NativeName } from '../cql/native-types'
import { printType } from '../cql/print-type'
import { isFloatVector } from '../cql/type-tree'
import { unreachable } from '../errors/unreachable'
import { bigints } from './bigints'
import type { Codec, Form } from './codec'
import { listCodec, setAsArrayCodec, setCodec } from './collections'
import { decimals } from './decimals'
import { frozenCodec } from './frozen'
import { inets } from './inets'
import { isTextLike, mapAsObjectCodec, mapCodec } from './maps'
import { numbers } from './numbers'
import { temporals } from './temporals'
import { texts } from './texts'
import { tupleCodec } from './tuples'
import { type UserTypeShapes, udtCodec } from './udts'
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
      return udtCodec(type, shape) as Codec
    }
    default:
      return unreachable(type)
  }
}
