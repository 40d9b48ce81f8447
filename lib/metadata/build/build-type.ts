import { type Codec, type Form, Refusal } from '../../codec/codec'
import { NoCodecError, codecFor } from '../../codec/codec-for'
import { enumCodec } from '../../codec/enums'
import { transformedCodec } from '../../codec/transform/transformed'
import type { CqlType } from '../../cql/cql-type'
import { TypeTextError } from '../../cql/parse-type'
import { printType } from '../../cql/print-type'
import type { Misplacement } from '../declaration'
import { type TypePlace, checkType } from './check-type'
import type { TypedProperty } from './column-options'
import { contradiction, formOf, inferType, whyNotInferred } from './design-type'
import { resolveType } from './resolve-type'
import { FaultyUserTypeError, type UserTypes } from './user-types'

type Tell = (message: string) => void

const misplacements = {
  static: 'is static; a column is a property of the instances',
  private: 'is #private and cannot be read from outside; a column is a plain property',
  accessor: 'is a getter, a setter or an accessor; a column is a plain property',
  method: 'is a method; a column is a plain property',
  parameter:
    'has a decorated parameter, and a column is a property: declare it in the body of the class, ' +
    'put the decorator there and leave it out of the parameters',
} as const satisfies Record<Misplacement, string>

/** Builds the type and the codec of a column or field; `undefined` if there is a problem, which `tell` receives. */
export function buildType(
  declaration: TypedProperty,
  place: TypePlace,
  userTypes: UserTypes,
  tell: Tell,
): { readonly type: CqlType; readonly codec: Codec } | undefined {
  const { misplaced, property } = declaration
  if (misplaced !== undefined) {
    const message = misplacements[misplaced]
    tell(place.role === 'field' ? message.replace('a column', 'a field') : message)
    return undefined
  }
  if (property === '__proto__') tell('a property cannot be called __proto__')
  const type = typeOf(declaration, userTypes, tell)
  if (type === undefined) return undefined
  checkType(type, place, userTypes, tell)
  const plain = plainCodec(type, declaration, userTypes, tell)
  if (plain === undefined) return undefined
  const codec = withTransformer(withEnum(plain, declaration, tell), declaration)
  checkDefault(codec, declaration, tell)
  return { type, codec }
}

function typeOf(
  { type, designType, transformer }: TypedProperty,
  userTypes: UserTypes,
  tell: Tell,
): CqlType | undefined {
  if (type === undefined && transformer !== undefined) {
    tell(
      `has a transformer, so the type of the column cannot be inferred; write it: @Column('text')`,
    )
    return undefined
  }
  if (type === undefined) {
    const inferred = inferType(designType)
    if (inferred === undefined) tell(whyNotInferred(designType))
    return inferred
  }
  try {
    return resolveType(type, userTypes)
  } catch (error) {
    if (error instanceof TypeTextError) tell(error.message)
    else if (!(error instanceof FaultyUserTypeError)) throw error
    return undefined
  }
}

function plainCodec(
  type: CqlType,
  { as, designType, transformer }: TypedProperty,
  userTypes: UserTypes,
  tell: Tell,
): Codec | undefined {
  try {
    // codecFor refuses a form that the type does not have.
    const form = (as ?? 'native') as Form
    const codec = codecFor(type, form, userTypes.shapes)
    const wrong =
      transformer === undefined ? contradiction(designType, type, form, userTypes) : undefined
    if (wrong !== undefined) {
      const name = type.kind === 'udt' ? 'user-defined type' : printType(type)
      tell(
        `is annotated as ${wrong}, which a ${name}${as === undefined ? '' : ` with as: '${as}'`} is not` +
          formFor(wrong, type, userTypes),
      )
    }
    return codec
  } catch (error) {
    if (!(error instanceof NoCodecError)) throw error
    tell(error.message)
    return undefined
  }
}

/** The option with which a column has the annotated type: the tail of a message. */
function formFor(annotation: string, type: CqlType, userTypes: UserTypes): string {
  const form = formOf(annotation)
  if (form === undefined) return ''
  try {
    codecFor(type, form, userTypes.shapes)
    return `; write { as: '${form}' }`
  } catch (error) {
    if (error instanceof NoCodecError) return ''
    throw error
  }
}

function withEnum(codec: Codec, { enum: option }: TypedProperty, tell: Tell): Codec {
  if (option === undefined) return codec
  try {
    const made = enumCodec(codec, option)
    if (made === undefined) {
      tell(`has an enum, which a ${printType(codec.type)} cannot have; scalars, lists and sets can`)
    }
    return made ?? codec
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    tell(`has an enum that does not fit: a member ${error.message}`)
    return codec
  }
}

function withTransformer(codec: Codec, { transformer }: TypedProperty): Codec {
  return transformer === undefined ? codec : transformedCodec(codec, transformer)
}

/** Checks a default that is a value. A function is checked when it is used. */
function checkDefault(codec: Codec, { default: value }: TypedProperty, tell: Tell): void {
  if (value === undefined || value === null || typeof value === 'function') return
  try {
    codec.check(value)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    tell(`has a default that does not fit: it ${error.message}`)
  }
}
