import type { CqlType } from '../../cql/cql-type'
import { type NativeName, nativeNames, nativeType } from '../../cql/native-types'
import { type ThawedType, thaw } from '../../cql/type-tree'
import type { Form } from '../../codec/codec'
import type { UserTypes } from './user-types'

/** The five annotations that decide a type: every compiler emits them alike. */
const inferred = new Map<unknown, NativeName>([
  [String, 'text'],
  [Boolean, 'boolean'],
  [Date, 'timestamp'],
  [Buffer, 'blob'],
  [BigInt, 'bigint'],
])

export function inferType(designType: unknown): CqlType | undefined {
  const name = inferred.get(designType)
  return name === undefined ? undefined : { kind: 'native', name }
}

/** The suggestion for an annotation that does not decide a type. */
const suggestions: Readonly<Record<string, string>> = {
  Number: `@Column('int'), 'double' or another number type`,
  Array: `@Column('list<text>') or another collection`,
  Set: `@Column('set<text>') or another set`,
  Map: `@Column('map<text, text>') or another map`,
  ...Object.fromEntries(
    nativeNames.map((name) => [nativeType(name).property, `@Column('${name}')`]),
  ),
}

/** Returns the reason why no type can be inferred, and the remedy. */
export function whyNotInferred(designType: unknown): string {
  if (designType === undefined || designType === Object) {
    return (
      `its type cannot be inferred (the property has no annotation of its own, a union such as | null, ` +
      `or the compiler emits no decorator metadata); write the type: @Column('text')`
    )
  }
  const name = typeof designType === 'function' ? designType.name : String(designType)
  return `its type cannot be inferred from ${name}; write it: ${suggestions[name] ?? "@Column('text')"}`
}

/** The classes that a compiler emits for properties of the other types, and with each `as`. */
const emitted = {
  list: ['Array'],
  tuple: ['Array'],
  set: ['Set'],
  map: ['Map'],
  vector: ['Array'],
  udt: [],
} as const satisfies Record<Exclude<ThawedType['kind'], 'native'>, readonly string[]>

const emittedAs = {
  string: ['String'],
  number: ['Number'],
  array: ['Array'],
  float32: ['Float32Array'],
  object: undefined,
} as const satisfies Record<Exclude<Form, 'native'>, readonly string[] | undefined>

function annotationsOf(type: ThawedType, form: Form): readonly string[] | undefined {
  if (form !== 'native') return emittedAs[form]
  return type.kind === 'native' ? nativeType(type.name).annotations : emitted[type.kind]
}

/** The annotations that can be compared; others (interfaces, aliases, unions) are emitted as Object or not at all. */
const telling: ReadonlySet<string> = new Set([
  ...nativeNames.flatMap((name) => nativeType(name).annotations),
  ...Object.values(emitted).flat(),
  ...Object.values(emittedAs).flatMap((names) => names ?? []),
])

/** Returns the name of an annotation that contradicts the type of the column, or `undefined`. */
export function contradiction(
  designType: unknown,
  type: CqlType,
  form: Form,
  userTypes: UserTypes,
): string | undefined {
  const thawed = thaw(type)
  if (thawed.kind === 'udt' && userTypes.of(thawed.name)?.target === designType) return undefined
  if (typeof designType !== 'function' || !telling.has(designType.name)) return undefined
  const fitting = annotationsOf(thawed, form)
  return fitting === undefined || fitting.includes(designType.name) ? undefined : designType.name
}

/** Returns the option `as` that makes properties of an annotation; undefined if there is no such option. */
export function formOf(annotation: string): Exclude<Form, 'native'> | undefined {
  const forms = Object.entries(emittedAs) as [
    keyof typeof emittedAs,
    readonly string[] | undefined,
  ][]
  return forms.find(([, names]) => names?.includes(annotation))?.[0]
}
