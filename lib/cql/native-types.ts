/** The comparison that Cassandra uses for the encoded values of a type. */
export type Comparison =
  | 'bytes'
  | 'signed'
  | 'varint'
  | 'decimal'
  | 'float'
  | 'double'
  | 'boolean'
  | 'uuid'
  | 'timeuuid'
  | 'inet'

interface NativeType {
  /** The codes of the type in the native protocol. */
  readonly codes: readonly number[]
  /** The server's class, in `org.apache.cassandra.db.marshal`; a counter has none of its own in results. */
  readonly marshalClass?: string
  /** The property type without `as`: a global of JavaScript or Node.js, or a public class of this package. */
  readonly property: string
  /** The classes that a compiler emits for annotations that fit. */
  readonly annotations: readonly string[]
  readonly comparison: Comparison
  /** `false` if the type cannot be in a key, in a set, the key of a map, or the bound of a range. */
  readonly isOrdered: boolean
  /** The bytes of an element of a vector; absent where the server writes a length before each, smallint too. */
  readonly vectorLength?: number
  /** `true` if the values can be longer than the limit of every index and key. */
  readonly isUnbounded?: true
  /** The way in which the name of an object's property becomes a key of a map; absent if it cannot. */
  readonly keyFrom?: 'text' | 'number' | 'boolean'
  /** `true` if the text of a key is the key itself, so that the map can be an object. */
  readonly isTextLike?: true
  /** The kinds of index that the server takes on a column of the type. */
  readonly indexes: readonly ('secondary' | 'sai')[]
  /** The kinds of index that serve ranges. */
  readonly rangeIndexes: readonly ('sai' | 'sasi')[]
  /** The type that sums are computed in, so that they neither wrap nor round; absent for what is no number. */
  readonly sum?: 'varint' | 'double' | 'decimal'
}

/**
 * The native types of CQL under the names that the server stores (`varchar` is read as `text`), with all that holds
 * for a type as such. A new type is a row here and a codec; the compiler names the rest.
 */
const nativeTypes = {
  ascii: {
    codes: [0x01],
    marshalClass: 'AsciiType',
    property: 'string',
    annotations: ['String'],
    comparison: 'bytes',
    isOrdered: true,
    isUnbounded: true,
    keyFrom: 'text',
    isTextLike: true,
    indexes: ['secondary', 'sai'],
    rangeIndexes: [],
  },
  bigint: {
    codes: [0x02],
    marshalClass: 'LongType',
    property: 'bigint',
    annotations: ['BigInt'],
    comparison: 'signed',
    isOrdered: true,
    vectorLength: 8,
    keyFrom: 'text',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'varint',
  },
  blob: {
    codes: [0x03],
    marshalClass: 'BytesType',
    property: 'Buffer',
    annotations: ['Buffer', 'Uint8Array'],
    comparison: 'bytes',
    isOrdered: true,
    isUnbounded: true,
    indexes: ['secondary'],
    rangeIndexes: ['sasi'],
  },
  boolean: {
    codes: [0x04],
    marshalClass: 'BooleanType',
    property: 'boolean',
    annotations: ['Boolean'],
    comparison: 'boolean',
    isOrdered: true,
    vectorLength: 1,
    keyFrom: 'boolean',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sasi'],
  },
  counter: {
    codes: [0x05],
    property: 'bigint',
    annotations: ['BigInt'],
    comparison: 'signed',
    isOrdered: true,
    indexes: [],
    rangeIndexes: [],
    sum: 'varint',
  },
  date: {
    codes: [0x11],
    marshalClass: 'SimpleDateType',
    property: 'LocalDate',
    annotations: ['LocalDate'],
    comparison: 'bytes',
    isOrdered: true,
    keyFrom: 'text',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
  },
  decimal: {
    codes: [0x06],
    marshalClass: 'DecimalType',
    property: 'BigDecimal',
    annotations: ['BigDecimal'],
    comparison: 'decimal',
    isOrdered: true,
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'decimal',
  },
  double: {
    codes: [0x07],
    marshalClass: 'DoubleType',
    property: 'number',
    annotations: ['Number'],
    comparison: 'double',
    isOrdered: true,
    vectorLength: 8,
    keyFrom: 'number',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'double',
  },
  duration: {
    codes: [0x15],
    marshalClass: 'DurationType',
    property: 'Duration',
    annotations: ['Duration'],
    comparison: 'bytes',
    isOrdered: false,
    indexes: [],
    rangeIndexes: [],
  },
  float: {
    codes: [0x08],
    marshalClass: 'FloatType',
    property: 'number',
    annotations: ['Number'],
    comparison: 'float',
    isOrdered: true,
    vectorLength: 4,
    keyFrom: 'number',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'double',
  },
  inet: {
    codes: [0x10],
    marshalClass: 'InetAddressType',
    property: 'InetAddress',
    annotations: ['InetAddress'],
    comparison: 'inet',
    isOrdered: true,
    keyFrom: 'text',
    isTextLike: true,
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
  },
  int: {
    codes: [0x09],
    marshalClass: 'Int32Type',
    property: 'number',
    annotations: ['Number'],
    comparison: 'signed',
    isOrdered: true,
    vectorLength: 4,
    keyFrom: 'number',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'varint',
  },
  smallint: {
    codes: [0x13],
    marshalClass: 'ShortType',
    property: 'number',
    annotations: ['Number'],
    comparison: 'signed',
    isOrdered: true,
    keyFrom: 'number',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'varint',
  },
  text: {
    codes: [0x0d, 0x0a],
    marshalClass: 'UTF8Type',
    property: 'string',
    annotations: ['String'],
    comparison: 'bytes',
    isOrdered: true,
    isUnbounded: true,
    keyFrom: 'text',
    isTextLike: true,
    indexes: ['secondary', 'sai'],
    rangeIndexes: [],
  },
  time: {
    codes: [0x12],
    marshalClass: 'TimeType',
    property: 'LocalTime',
    annotations: ['LocalTime'],
    comparison: 'bytes',
    isOrdered: true,
    keyFrom: 'text',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
  },
  timestamp: {
    codes: [0x0b],
    marshalClass: 'TimestampType',
    property: 'Date',
    annotations: ['Date'],
    comparison: 'signed',
    isOrdered: true,
    vectorLength: 8,
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
  },
  timeuuid: {
    codes: [0x0f],
    marshalClass: 'TimeUUIDType',
    property: 'TimeUuid',
    annotations: ['TimeUuid', 'Uuid'],
    comparison: 'timeuuid',
    isOrdered: true,
    vectorLength: 16,
    keyFrom: 'text',
    isTextLike: true,
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
  },
  tinyint: {
    codes: [0x14],
    marshalClass: 'ByteType',
    property: 'number',
    annotations: ['Number'],
    comparison: 'signed',
    isOrdered: true,
    keyFrom: 'number',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'varint',
  },
  uuid: {
    codes: [0x0c],
    marshalClass: 'UUIDType',
    property: 'Uuid',
    annotations: ['Uuid'],
    comparison: 'uuid',
    isOrdered: true,
    vectorLength: 16,
    keyFrom: 'text',
    isTextLike: true,
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sasi'],
  },
  varint: {
    codes: [0x0e],
    marshalClass: 'IntegerType',
    property: 'bigint',
    annotations: ['BigInt'],
    comparison: 'varint',
    isOrdered: true,
    keyFrom: 'text',
    indexes: ['secondary', 'sai'],
    rangeIndexes: ['sai', 'sasi'],
    sum: 'varint',
  },
} as const satisfies Readonly<Record<string, NativeType>>

export type NativeName = keyof typeof nativeTypes

export const nativeNames = Object.keys(nativeTypes) as readonly NativeName[]

/** The types whose values can be the names of properties: a map that has such keys can be an object. */
export type TextLikeName = {
  [N in NativeName]: (typeof nativeTypes)[N] extends { readonly isTextLike: true } ? N : never
}[NativeName]

const rows: Readonly<Record<NativeName, NativeType>> = nativeTypes

/** The row of a native type. */
export function nativeType(name: NativeName): NativeType {
  return rows[name]
}

/** Every name that CQL itself gives to types, so that no user-defined type can have it. */
export const typeNames: readonly string[] = [
  ...nativeNames,
  'varchar',
  'list',
  'set',
  'map',
  'tuple',
  'vector',
  'frozen',
]
