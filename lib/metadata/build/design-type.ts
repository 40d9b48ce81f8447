import type { CqlType, NativeName } from '../../cql/cql-type'
import type { UserTypes } from './user-types'

/** The five annotations that say enough: every compiler emits them alike. */
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

/** What to write for an annotation that says too little. */
const suggestions: Readonly<Record<string, string>> = {
  Number: `@Column('int'), 'double' or another number type`,
  Array: `@Column('list<text>') or another collection`,
  Set: `@Column('set<text>') or another set`,
  Map: `@Column('map<text, text>') or another map`,
  Uuid: `@Column('uuid')`,
  TimeUuid: `@Column('timeuuid')`,
  LocalDate: `@Column('date')`,
  LocalTime: `@Column('time')`,
  Duration: `@Column('duration')`,
  InetAddress: `@Column('inet')`,
  BigDecimal: `@Column('decimal')`,
}

/** Why no type can be inferred, and what to write. */
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

/** What the compiler emits for the properties of each type; every `as` has its own. */
const emitted: Readonly<Record<string, readonly string[]>> = {
  ascii: ['String'],
  text: ['String'],
  bigint: ['BigInt'],
  counter: ['BigInt'],
  varint: ['BigInt'],
  blob: ['Buffer', 'Uint8Array'],
  boolean: ['Boolean'],
  date: ['LocalDate'],
  decimal: ['BigDecimal'],
  double: ['Number'],
  float: ['Number'],
  int: ['Number'],
  smallint: ['Number'],
  tinyint: ['Number'],
  duration: ['Duration'],
  inet: ['InetAddress'],
  time: ['LocalTime'],
  timestamp: ['Date'],
  timeuuid: ['TimeUuid', 'Uuid'],
  uuid: ['Uuid'],
  list: ['Array'],
  tuple: ['Array'],
  set: ['Set'],
  map: ['Map'],
  vector: ['Array'],
  udt: [],
  'as string': ['String'],
  'as number': ['Number'],
  'as array': ['Array'],
  'as float32': ['Float32Array'],
}

/** Annotations that tell something; others (interfaces, aliases, unions) are emitted as Object or not at all. */
const telling = new Set(Object.values(emitted).flat())

/** What the annotation says against the column's type, or undefined. */
export function contradiction(
  designType: unknown,
  type: CqlType,
  form: string,
  userTypes: UserTypes,
): string | undefined {
  if (type.kind === 'udt' && userTypes.of(type.name)?.target === designType) return undefined
  if (typeof designType !== 'function' || !telling.has(designType.name)) return undefined
  if (type.kind === 'frozen') return contradiction(designType, type.of, form, userTypes)
  const key = form !== 'native' ? `as ${form}` : type.kind === 'native' ? type.name : type.kind
  const fitting = emitted[key]
  return fitting === undefined || fitting.includes(designType.name) ? undefined : designType.name
}
