// Every row of the table of types: what fits, what does not, and every `as`.
import {
  type BigDecimal,
  ClusteringKey,
  Column,
  type Duration,
  Entity,
  Index,
  type InetAddress,
  type LocalDate,
  type LocalTime,
  PartitionKey,
  StaticColumn,
  type TimeUuid,
  type Uuid,
  frozen,
  list,
  map,
  set,
  tuple,
  vector,
} from 'coodie'

enum Color {
  Red = 'red',
  Blue = 'blue',
}
enum Level {
  Low,
  High,
}
// oxlint-disable-next-line no-explicit-any -- a property of type any is a case
type Anything = any

@Entity('fitting')
export class Fitting {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('timeuuid', { order: 'desc', position: 0 }) at!: TimeUuid
  @StaticColumn('text', { name: 'note' }) staticNote?: string | null

  @Column('text') text!: string
  @Column('varchar') varchar?: string
  @Column('ascii') ascii!: string | null
  @Column('tinyint') tinyint!: number | undefined
  @Column('smallint') smallint?: number | null
  @Column('int') readonly int!: number
  @Column('float') float = 0
  @Column('double') double!: number
  @Column('bigint') bigint!: bigint
  @Column('varint') varint!: bigint
  @Column('decimal') decimal!: BigDecimal
  @Column('boolean') boolean!: boolean
  @Column('uuid') uuid!: Uuid
  @Column('timeuuid') timeuuid!: TimeUuid
  @Column('timestamp') timestamp!: Date
  @Column('date') date!: LocalDate
  @Column('time') time!: LocalTime
  @Column('duration') duration!: Duration
  @Column('inet') inet!: InetAddress
  @Column('blob') blob!: Buffer
  @Column('list<text>') list!: string[]
  @Column('set<int>') set!: Set<number>
  @Column('map<text, int>') map!: Map<string, number>
  @Column('tuple<int, text>') tuple!: [number | null, string | null]
  @Column('vector<float, 3>') vector!: number[]

  @Column('bigint', { as: 'number' }) bigintNumber!: number
  @Column('bigint', { as: 'string' }) bigintString!: string
  @Column('varint', { as: 'number' }) varintNumber!: number
  @Column('varint', { as: 'string' }) varintString!: string
  @Column('decimal', { as: 'string' }) decimalString!: string
  @Column('decimal', { as: 'number' }) decimalNumber!: number
  @Column('uuid', { as: 'string' }) uuidString!: string
  @Column('timeuuid', { as: 'string' }) timeuuidString!: string
  @Column('timestamp', { as: 'number' }) timestampNumber!: number
  @Column('date', { as: 'string' }) dateString!: string
  @Column('time', { as: 'string' }) timeString!: string
  @Column('duration', { as: 'string' }) durationString!: string
  @Column('inet', { as: 'string' }) inetString!: string
  @Column('set<text>', { as: 'array' }) setArray!: string[]
  @Column('map<text, int>', { as: 'object' }) mapObject!: { [key: string]: number }
  @Column('map<uuid, text>', { as: 'object' }) mapOfUuids!: Record<string, string>
  @Column('vector<float, 3>', { as: 'float32' }) float32!: Float32Array
  @Column({ type: 'uuid', as: 'string', name: 'owner' }) owner!: string

  // Narrower than the column is fine.
  @Column('text') status!: 'new' | 'used'
  @Column('text') color!: Color
  @Column('int') level!: Level
  @Column('list<text>') readonlyList!: readonly string[]
  @Column('set<text>') readonlySet!: ReadonlySet<string>
  @Column('map<text, text>') readonlyMap!: ReadonlyMap<string, string>
  @Column('tuple<int, text>') noNulls!: [number, string]
  @Column('int') anything: Anything

  // Text in any case and with any white space.
  @Column(' Map < text , frozen<list<int>> > ') nested!: Map<string, number[]>
  @Column('LIST<FROZEN<SET<UUID>>>') deeper!: Set<Uuid>[]
  @Column('map<text, frozen<tuple<int, frozen<list<text>>>>>')
  deepest!: Map<string, [number | null, string[] | null]>
  @Column('vector<text, 2>') vectorOfTexts!: string[]
  @Column('frozen<map<int, text>>') frozenMap!: Map<number, string>

  // Builders carry types, and mix with text.
  @Column(list('text')) builtList!: string[]
  @Column(set(frozen(list('int')))) builtSet!: Set<number[]>
  @Column(map('text', frozen(set('bigint')))) builtMap!: Map<string, Set<bigint>>
  @Column(map('text', 'int'), { as: 'object' }) builtObject!: { [key: string]: number }
  @Column(tuple('int', list('text'))) builtTuple!: [number | null, string[] | null]
  @Column(vector('float', 3)) builtVector!: number[]
  @Column(vector('float', 3), { as: 'float32' }) builtFloats!: Float32Array
  @Column(frozen('list<int>')) builtFrozen!: number[]

  @Column('text', { default: 'x', select: false }) withDefault!: string
  @Column('uuid', { as: 'string', default: () => 'x' }) withDefaultFunction!: string
  @Index() @Index({ name: 'by_brand', using: 'sai' }) @Column('text') brand!: string
}

export class Unfitting {
  // @ts-expect-error
  @PartitionKey('uuid') id!: string
  // @ts-expect-error
  @ClusteringKey('timeuuid', { order: 'desc' }) at!: Uuid
  // @ts-expect-error
  @ClusteringKey('int', { order: 'down' }) order!: number
  // @ts-expect-error
  @StaticColumn('text') staticNote!: number

  // @ts-expect-error
  @Column('text') text!: number
  // @ts-expect-error
  @Column('varchar') varchar!: Date
  // @ts-expect-error
  @Column('ascii') ascii!: Buffer
  // @ts-expect-error
  @Column('tinyint') tinyint!: bigint
  // @ts-expect-error
  @Column('smallint') smallint!: string
  // @ts-expect-error
  @Column('int') int!: string
  // @ts-expect-error
  @Column('float') float!: boolean
  // @ts-expect-error
  @Column('double') double!: BigDecimal
  // @ts-expect-error
  @Column('bigint') bigint!: number
  // @ts-expect-error
  @Column('varint') varint!: number
  // @ts-expect-error
  @Column('decimal') decimal!: number
  // @ts-expect-error
  @Column('boolean') boolean!: number
  // @ts-expect-error
  @Column('uuid') uuid!: string
  // @ts-expect-error
  @Column('timeuuid') timeuuid!: Uuid
  // @ts-expect-error
  @Column('timestamp') timestamp!: number
  // @ts-expect-error
  @Column('date') date!: Date
  // @ts-expect-error
  @Column('time') time!: LocalDate
  // @ts-expect-error
  @Column('duration') duration!: number
  // @ts-expect-error
  @Column('inet') inet!: string
  // @ts-expect-error
  @Column('blob') blob!: string
  // @ts-expect-error
  @Column('list<text>') list!: number[]
  // @ts-expect-error
  @Column('list<text>') listAsSet!: Set<string>
  // @ts-expect-error
  @Column('set<int>') set!: number[]
  // @ts-expect-error
  @Column('set<int>') setAsMap!: Map<number, number>
  // @ts-expect-error
  @Column('set<text>') setAsMapOfTexts!: Map<string, string>
  // @ts-expect-error
  @Column('set<frozen<tuple<int, int>>>') setAsMapOfPairs!: Map<[number, number], [number, number]>
  // @ts-expect-error
  @Column('map<text, int>') map!: Map<string, string>
  // @ts-expect-error
  @Column('map<text, int>') mapAsObject!: { [key: string]: number }
  // @ts-expect-error
  @Column('tuple<int, text>') tuple!: [string, string]
  // @ts-expect-error
  @Column('tuple<int, text>') tupleOfThree!: [number, string, string]
  // @ts-expect-error
  @Column('vector<float, 3>') vector!: string[]
  // @ts-expect-error
  @Column('vector<float, 3>') vectorAsFloats!: Float32Array

  // The driver's classes overlap in structure.
  // @ts-expect-error
  @Column('uuid') uuidAsTimeUuid!: TimeUuid
  // @ts-expect-error
  @Column('uuid') uuidAsInet!: InetAddress
  // @ts-expect-error
  @Column('inet') inetAsUuid!: Uuid

  // @ts-expect-error
  @Column('bigint', { as: 'number' }) bigintNumber!: bigint
  // @ts-expect-error
  @Column('bigint', { as: 'string' }) bigintString!: number
  // @ts-expect-error
  @Column('varint', { as: 'number' }) varintNumber!: string
  // @ts-expect-error
  @Column('decimal', { as: 'string' }) decimalString!: BigDecimal
  // @ts-expect-error
  @Column('uuid', { as: 'string' }) uuidString!: Uuid
  // @ts-expect-error
  @Column('timestamp', { as: 'number' }) timestampNumber!: Date
  // @ts-expect-error
  @Column('date', { as: 'string' }) dateString!: LocalDate
  // @ts-expect-error
  @Column('set<text>', { as: 'array' }) setArray!: Set<string>
  // @ts-expect-error
  @Column('map<text, int>', { as: 'object' }) mapObject!: Map<string, number>
  // @ts-expect-error
  @Column('vector<float, 3>', { as: 'float32' }) float32!: number[]

  // `as` must be one that the type has; it concerns the outermost type.
  // @ts-expect-error
  @Column('uuid', { as: 'number' }) uuidNumber!: number
  // @ts-expect-error
  @Column('text', { as: 'string' }) textString!: string
  // @ts-expect-error
  @Column('int', { as: 'string' }) intString!: string
  // @ts-expect-error
  @Column('timestamp', { as: 'string' }) timestampString!: string
  // @ts-expect-error
  @Column('list<uuid>', { as: 'string' }) listString!: string[]
  // @ts-expect-error
  @Column('list<text>', { as: 'array' }) listArray!: string[]
  // @ts-expect-error
  @Column('map<int, text>', { as: 'object' }) objectOfInts!: { [key: string]: string }
  // @ts-expect-error
  @Column('vector<int, 3>', { as: 'float32' }) floatsOfInts!: Float32Array

  // Wider than the column is not fine.
  // @ts-expect-error
  @Column('text') wider!: string | number
  // @ts-expect-error
  @Column('text') unknown!: unknown
  // @ts-expect-error
  @Column('list<text>') nullsInside!: (string | null)[]

  // Texts that are no types.
  // @ts-expect-error
  @Column('strng') strng!: string
  // @ts-expect-error
  @Column('frozen<address>') address!: object
  // @ts-expect-error
  @Column('list<text') open!: string[]
  // @ts-expect-error
  @Column('list<>') empty!: string[]
  // @ts-expect-error
  @Column('map<text>') halfMap!: Map<string, string>
  // @ts-expect-error
  @Column('vector<float>') noDimension!: number[]
  // @ts-expect-error
  @Column('vector<float, n>') wordDimension!: number[]
  // @ts-expect-error
  @Column('counter') counter!: bigint
  // @ts-expect-error
  @Column(list('strng')) builtStrng!: string[]
  // @ts-expect-error
  @Column(map('text', 'nope')) builtNope!: Map<string, string>
  // @ts-expect-error
  @Column(list('int')) builtWrong!: string[]
  // @ts-expect-error
  @Column(tuple('int', 'text')) builtTuple!: [string, string]
  // @ts-expect-error
  @Column({ type: 'int' }) inOptions!: string
  // @ts-expect-error
  @Column({ type: 'strng' }) strngInOptions!: string

  // Options that do not exist, or do not fit.
  // @ts-expect-error
  @Column('text', { nullable: true }) nullable!: string
  // @ts-expect-error
  @Column('text', { named: 'x' }) named!: string
  // @ts-expect-error
  @Column({ type: 'text', named: 'x' }) namedToo!: string
  // @ts-expect-error
  @Column('text', { order: 'asc' }) ordered!: string
  // @ts-expect-error
  @PartitionKey('text', { select: false }) unread!: string
  // @ts-expect-error
  @PartitionKey('text', { order: 'asc' }) orderedPartition!: string
  // @ts-expect-error
  @Column('int', { default: 'x' }) badDefault!: number
  // @ts-expect-error
  @Column('int', { default: () => 'x' }) badDefaultFunction!: number
  // @ts-expect-error
  @Index({ unique: true }) @Column('text') unique!: string
  // @ts-expect-error
  @Index({ similarity: 'manhattan' }) @Column('vector<float, 3>') similar!: number[]

  // @ts-expect-error
  @Column('text') method() {}
}

// @ts-expect-error
@Entity({ name: 'x', gcGrace: 1 })
export class UnknownTableOption {}

// A type of plain `string` is not checked by the compiler.
declare const someType: string
export class Unchecked {
  @Column(someType) value!: string
}

// Generic bases, where a conditional type on the property would be put off.
export abstract class Base<T extends number> {
  @Column('int') value!: T
  @Column('list<int>') values!: T[]
}
export abstract class BadBase<T extends number, U> {
  // @ts-expect-error
  @Column('text') value!: T
  // @ts-expect-error
  @Column('list<text>') values!: T[]
  // @ts-expect-error
  @Column('text') unbound!: U
}
export class Derived extends Base<1 | 2> {
  @Column('text') name!: string
}

export class Mismatched {
  // @ts-expect-error
  @Index() @Column('int') indexed!: string
}
