import type { CqlType, NativeName } from '../cql/cql-type'
import { printType } from '../cql/print-type'
import { bigints } from './bigints'
import type { Codec, Form } from './codec'
import { listCodec, setAsArrayCodec, setCodec } from './collections'
import { decimals } from './decimals'
import { inets } from './inets'
import { isTextLike, mapAsObjectCodec, mapCodec } from './maps'
import { numbers } from './numbers'
import { temporals } from './temporals'
import { texts } from './texts'
import { uuids } from './uuids'

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
    default:
      return ['native']
  }
}

/** The codec of a type in one of its forms. Throws `NoCodecError`. */
export function codecFor(type: CqlType, form: Form = 'native'): Codec {
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
      return { ...codecFor(type.of, form), type, absent: () => null } as Codec
    case 'list':
      return listCodec(type, codecFor(type.of)) as Codec
    case 'set':
      return (form === 'array' ? setAsArrayCodec : setCodec)(type, codecFor(type.of)) as Codec
    case 'map':
      return (form === 'object' ? mapAsObjectCodec : mapCodec)(
        type,
        codecFor(type.key),
        codecFor(type.value),
      ) as Codec
    case 'tuple':
    case 'vector':
    case 'udt':
      throw new NoCodecError(`${printType(type)} cannot be the type of a column in this version`)
  }
}
