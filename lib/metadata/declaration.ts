/** The declarations that decorators record: raw, nothing here is checked yet. */

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type
export type Class<T = object> = abstract new (...args: never[]) => T

/** Returns the name of a class for messages. */
export function nameOf({ name }: Class): string {
  return name === '' ? 'an anonymous class' : name
}

/** A type as it is written in a decorator: CQL text, a class by name, or made with a builder. */
export type TypeExpression =
  | string
  | (() => Class)
  | { readonly kind: 'list' | 'set' | 'frozen'; readonly of: TypeExpression }
  | { readonly kind: 'map'; readonly key: TypeExpression; readonly value: TypeExpression }
  | { readonly kind: 'tuple'; readonly of: readonly TypeExpression[] }
  | { readonly kind: 'vector'; readonly of: TypeExpression; readonly dimension: number }

/** The part that a column has in its table. */
export type ColumnRole = 'partitionKey' | 'clustering' | 'static' | 'regular' | 'counter'

/** The decorators that declare a column. */
export type ColumnDecorator =
  | 'PartitionKey'
  | 'ClusteringKey'
  | 'Column'
  | 'StaticColumn'
  | 'CounterColumn'
  | 'VersionColumn'
  | 'CreateDateColumn'
  | 'UpdateDateColumn'

/** Places where no column can be. */
export type Misplacement = 'static' | 'private' | 'accessor' | 'method' | 'parameter'

/** One use of a decorator on a property. */
export interface PropertyDeclaration {
  readonly property: string | symbol
  /** The options, as given. */
  readonly options: unknown
  /** The place, if the decorator does not stand on a plain property of the instances. */
  readonly misplaced: Misplacement | undefined
  /** The annotation that the compiler emitted; `undefined` under TC39 decorators and where it emits none. */
  readonly designType: unknown
}

/** A field of a user-defined type, as recorded. */
export type FieldDeclaration = PropertyDeclaration

/** A column, as recorded. */
export interface ColumnDeclaration extends PropertyDeclaration {
  readonly decorator: ColumnDecorator
}

/** A computed column, as recorded. */
export type ComputedDeclaration = PropertyDeclaration

/** An index, as recorded: the options are an object, or `false` for no index. */
export type IndexDeclaration = PropertyDeclaration

/** The functions of computed columns: the server computes them from another column. */
export type ComputedFunction = 'writetime' | 'maxwritetime' | 'ttl'

/** A decorator of a class, as recorded. */
export interface ClassDeclaration {
  /** The options, as given; a name alone is `{ name }`. */
  readonly options: unknown
}

/** The decorators that a class may have once. */
export type ClassDecorator =
  'Entity' | 'MaterializedView' | 'TableInheritance' | 'ChildEntity' | 'UserDefinedType'

/**
 * The events in the life of an entity, in their order. An event is added here; the compiler then names
 * its decorator and its place in the life of an entity.
 */
export const hookEvents = [
  'beforeInsert',
  'afterInsert',
  'beforeUpdate',
  'afterUpdate',
  'beforeRemove',
  'afterRemove',
  'afterLoad',
] as const

/** An event in the life of an entity. */
export type HookEvent = (typeof hookEvents)[number]

/** The methods of a subscriber, one for each event, all optional, sync or async. */
export type HookHandlers<Event> = {
  [E in HookEvent]?: HookHandler<Event>['handle']
}

/** Declared as a method, so that a handler may ask for a narrower event. */
interface HookHandler<Event> {
  handle(event: Event): void | Promise<void>
}

/** A method that is called at an event, as recorded. */
export interface HookDeclaration {
  readonly event: HookEvent
  readonly method: string | symbol
  /** The place, if the decorator does not stand on a method of the instances. */
  readonly misplaced: Exclude<Misplacement, 'method'> | 'field' | undefined
}

/** A class that listens to the events of entities, as recorded. */
export interface SubscriberDeclaration {
  /** The class of the entities, as given. */
  readonly entity: unknown
  readonly isOfAll: boolean
}

/** The declarations of one class without those of its bases, in their order. */
export interface Declarations {
  entity: ClassDeclaration | undefined
  view: ClassDeclaration | undefined
  inheritance: ClassDeclaration | undefined
  child: ClassDeclaration | undefined
  /** The classes that were recorded so far as being in the table of this one. */
  readonly children: Class[]
  userType: ClassDeclaration | undefined
  subscriber: SubscriberDeclaration | undefined
  readonly columns: ColumnDeclaration[]
  readonly fields: FieldDeclaration[]
  readonly indexes: IndexDeclaration[]
  readonly computed: ComputedDeclaration[]
  readonly hooks: HookDeclaration[]
  /** The class decorators that stand here more than once. */
  readonly repeated: ClassDecorator[]
}

export function noDeclarations(): Declarations {
  return {
    entity: undefined,
    view: undefined,
    inheritance: undefined,
    child: undefined,
    children: [],
    userType: undefined,
    subscriber: undefined,
    columns: [],
    fields: [],
    indexes: [],
    computed: [],
    hooks: [],
    repeated: [],
  }
}

/** `Symbol.for`, so that two copies of the package see the same declarations. */
const key = Symbol.for('coodie.declarations')

/**
 * Returns the declarations of `holder` itself, made on first use. `holder` is the class under legacy decorators,
 * or the class's metadata object (`Symbol.metadata`) under TC39 ones.
 */
export function declarationsOn(holder: object): Declarations {
  if (!Object.hasOwn(holder, key)) {
    Object.defineProperty(holder, key, { value: noDeclarations() })
  }
  return (holder as { [key]: Declarations })[key]
}

/** Returns the declarations of `target` itself, under either form of decorators; `undefined` if there are none. */
export function ownDeclarations(target: Class): Declarations | undefined {
  if (Object.hasOwn(target, key)) return declarationsOn(target)
  const metadata: unknown = Object.hasOwn(target, metadataSymbol)
    ? (target as { [metadataSymbol]?: unknown })[metadataSymbol]
    : undefined
  return typeof metadata === 'object' && metadata !== null && Object.hasOwn(metadata, key)
    ? declarationsOn(metadata)
    : undefined
}

/** `Symbol.metadata`, which Node 20 does not have; TypeScript and swc look it up under either name. */
export const metadataSymbol: unique symbol = ((Symbol as { metadata?: symbol }).metadata ??
  Symbol.for('Symbol.metadata')) as never
