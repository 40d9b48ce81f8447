import type { EnumOption } from '../codec/enums'
import type { Transformer } from '../codec/transformed'

/** What the decorators record, raw: nothing here is checked yet. */

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type
export type Class<T = object> = abstract new (...args: never[]) => T

/** What a class is called in messages. */
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

export type ColumnRole = 'partitionKey' | 'clustering' | 'static' | 'regular' | 'counter'

/** What columns and fields have in common. */
export interface TypedDeclaration {
  readonly property: string | symbol
  /** Undefined: to be inferred from `designType`. */
  readonly type: TypeExpression | undefined
  /** What the compiler emitted for the property; undefined under TC39 decorators and where nothing is emitted. */
  readonly designType: unknown
  readonly name?: string | undefined
  readonly as?: string | undefined
  readonly transformer?: Transformer | undefined
  readonly enum?: EnumOption | undefined
  readonly default?: unknown
  /** Option names that the decorator does not know; reported when the metadata is built. */
  readonly unknownOptions: readonly string[]
  /** Set when the decorator stands where no column can be: a static property, a getter, a method, ... */
  readonly misplaced?: 'static' | 'private' | 'accessor' | 'method' | undefined
}

export interface ColumnDeclaration extends TypedDeclaration {
  readonly role: ColumnRole
  readonly position?: number | undefined
  readonly order?: 'asc' | 'desc' | undefined
  /** False: not read unless named in `select`. */
  readonly select?: boolean | undefined
  /** Seconds. */
  readonly ttl?: number | undefined
  /** True: what `@VersionColumn()` declares. */
  readonly isVersion?: boolean | undefined
  /** Set by the repository when the row is made, or with every write. */
  readonly date?: 'create' | 'update' | undefined
}

/** A field of a user-defined type. */
export type FieldDeclaration = TypedDeclaration

export interface UserTypeDeclaration {
  readonly name?: string | undefined
}

/** What a computed column asks the server of another column. */
export type ComputedFunction = 'writetime' | 'maxwritetime' | 'ttl'

export interface ComputedDeclaration {
  readonly property: string | symbol
  readonly function: unknown
  /** The property that it is computed of. */
  readonly of: unknown
  readonly name?: string | undefined
  readonly designType: unknown
  readonly unknownOptions: readonly string[]
  readonly misplaced?: ColumnDeclaration['misplaced']
}

export interface IndexDeclaration {
  readonly property: string | symbol
  readonly name?: string | undefined
  readonly using?: string | undefined
  readonly on?: 'values' | 'keys' | 'entries' | 'full' | undefined
  readonly options?: Readonly<Record<string, string | number | boolean>> | undefined
  readonly similarity?: 'cosine' | 'dot_product' | 'euclidean' | undefined
  readonly unknownOptions: readonly string[]
}

export interface EntityDeclaration {
  readonly name?: string | undefined
  readonly keyspace?: string | undefined
  /** As given. */
  readonly trackChanges?: unknown
  /** Table options in camelCase, as given. */
  readonly options: Readonly<Record<string, unknown>>
}

/** A class whose instances are rows of a materialized view. */
export interface ViewDeclaration {
  readonly name?: string | undefined
  /** Gives the class of the table that it is a view of. */
  readonly from: unknown
  /** Table options in camelCase, as given. */
  readonly options: Readonly<Record<string, unknown>>
}

/** A class whose table holds its subclasses too. */
export interface InheritanceDeclaration {
  /** The property that tells the class of a row. */
  readonly column: unknown
  readonly value: unknown
  readonly unknown: unknown
  readonly unknownOptions: readonly string[]
}

/** What happens to an entity, in the order in which it does. */
export const hookEvents = [
  'beforeInsert',
  'afterInsert',
  'beforeUpdate',
  'afterUpdate',
  'beforeRemove',
  'afterRemove',
  'afterLoad',
] as const

export type HookEvent = (typeof hookEvents)[number]

/** A method that is called when something happens to the entity. */
export interface HookDeclaration {
  readonly event: HookEvent
  readonly method: string | symbol
  /** Set when the decorator stands on what is no method of the instances. */
  readonly misplaced: 'static' | 'private' | 'accessor' | 'field' | undefined
}

/** A class that hears what happens to entities. */
export interface SubscriberDeclaration {
  /** Their class, as given. */
  readonly entity: unknown
  readonly isOfAll: boolean
}

/** A class in the table of its base. */
export interface ChildDeclaration {
  readonly value: unknown
}

/** All that one class (not its bases) declares, in the order of declaration. */
export interface Declarations {
  entity: EntityDeclaration | undefined
  view: ViewDeclaration | undefined
  inheritance: InheritanceDeclaration | undefined
  child: ChildDeclaration | undefined
  /** The classes that said so far that they are in this one's table. */
  readonly children: Class[]
  userType: UserTypeDeclaration | undefined
  subscriber: SubscriberDeclaration | undefined
  readonly columns: ColumnDeclaration[]
  readonly fields: FieldDeclaration[]
  readonly indexes: IndexDeclaration[]
  readonly computed: ComputedDeclaration[]
  readonly hooks: HookDeclaration[]
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
  }
}

/** `Symbol.for`, so that two copies of the package see the same declarations. */
const key = Symbol.for('coodie.declarations')

/**
 * The declarations of `holder` itself, made on first use. `holder` is the class under legacy decorators,
 * or the class's metadata object (`Symbol.metadata`) under TC39 ones.
 */
export function declarationsOn(holder: object): Declarations {
  if (!Object.hasOwn(holder, key)) {
    Object.defineProperty(holder, key, { value: noDeclarations() })
  }
  return (holder as { [key]: Declarations })[key]
}

/** What `target` itself declares, under whichever kind of decorators; undefined when it declares nothing. */
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
