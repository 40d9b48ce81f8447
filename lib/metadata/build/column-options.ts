import type { EnumOption } from '../../codec/enums'
import type { Transformer } from '../../codec/transform/transformer'
import { maxTtl } from '../../cql/max-ttl'
import { boolean, checkThat, isObject, oneOf, text } from '../../errors/option-checks'
import type {
  ColumnDeclaration,
  ColumnDecorator,
  ColumnRole,
  FieldDeclaration,
  Misplacement,
  TypeExpression,
} from '../declaration'
import type { Named, Problem } from './declared-properties'
import { type Values, anything, readOptions, whole } from '../read-options'

const type = checkThat<TypeExpression>(
  (value) =>
    typeof value === 'string' ||
    typeof value === 'function' ||
    (typeof value === 'object' && value !== null && 'kind' in value),
  'must be a CQL type as a string, () => TheClass, or made with list(), set(), map() and their like',
)

const name = checkThat<string>(
  (value) => typeof value === 'string' && value !== '' && value !== '__proto__',
  "must be a string that is neither empty nor '__proto__'",
)

const transformer = checkThat<Transformer>(
  (value) =>
    isObject(value) && typeof value['to'] === 'function' && typeof value['from'] === 'function',
  'must be an object with the functions to and from',
)

const enumOption = checkThat<EnumOption>(
  (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
  'must be a TypeScript enum or an array of its values',
)

const mask = checkThat<string>(
  (value) =>
    typeof value === 'string' &&
    /^(?:default|\w+(?:\.\w+)?\s*\((?:[^()';]|'(?:[^']|'')*')*\))$/iu.test(value.trim()),
  "must be a masking function such as 'mask_inner(1, 1)', or 'default'",
)

/** The options of columns and fields. To add one, add it here and to the decorators below that take it. */
const all = {
  type,
  name,
  as: text,
  transformer,
  enum: enumOption,
  default: anything,
  select: boolean,
  ttl: whole(0, maxTtl, 'seconds'),
  masked: mask,
  position: whole(0),
  order: oneOf(['asc', 'desc']),
  static: boolean,
} as const

/** The values of all options that a column can have. */
type ColumnOptionValues = Values<typeof all>

type Option = keyof typeof all

/** The reasons why a decorator does not take an option that others take. */
const reasons = {
  type: 'the decorator decides the type',
  as: 'the decorator decides the type',
  transformer: 'the value is stored as it is',
  enum: 'the value is set by the server or the repository',
  default: 'the value is set by the server or the repository',
  select: 'columns of the primary key and versions are always read',
  ttl: 'only columns of @Column() and @StaticColumn() can expire alone',
  masked: 'a version is read as it is stored',
  position: 'only columns of the primary key have a position',
  order: 'only clustering columns have an order',
  static: 'write @StaticColumn(), or @CounterColumn({ static: true })',
} as const satisfies Partial<Record<Option, string>>

const field = ['type', 'name', 'as', 'transformer', 'enum', 'default'] as const
const column = [...field, 'select', 'ttl', 'masked'] as const
const date = ['name', 'as', 'select', 'masked'] as const

interface Declares {
  readonly role: ColumnRole
  readonly options: readonly Option[]
  /** The type, if the decorator decides it. */
  readonly type?: string
}

/** The part in the table, the type and the options of each column decorator. */
const declares = {
  PartitionKey: { role: 'partitionKey', options: [...field, 'masked', 'position'] },
  ClusteringKey: { role: 'clustering', options: [...field, 'masked', 'position', 'order'] },
  Column: { role: 'regular', options: column },
  StaticColumn: { role: 'static', options: column },
  CounterColumn: {
    role: 'counter',
    type: 'counter',
    options: ['name', 'as', 'select', 'masked', 'static'],
  },
  VersionColumn: { role: 'regular', type: 'int', options: ['name'] },
  CreateDateColumn: { role: 'regular', type: 'timestamp', options: date },
  UpdateDateColumn: { role: 'regular', type: 'timestamp', options: date },
} as const satisfies Record<ColumnDecorator, Declares>

/** The options of a column decorator. */
export type OptionOf<D extends ColumnDecorator> = (typeof declares)[D]['options'][number]

/** Tells whether a decorator declares a column of the primary key. */
export function isKeyDecorator(decorator: ColumnDecorator): boolean {
  const { role } = declares[decorator]
  return role === 'partitionKey' || role === 'clustering'
}

/** A field or column with its options, checked. */
export interface TypedProperty extends Omit<ColumnOptionValues, 'static'> {
  readonly property: string
  readonly designType: unknown
  readonly misplaced: Misplacement | undefined
}

/** A column with its options, checked. */
export interface DeclaredColumn extends TypedProperty {
  readonly role: ColumnRole
  readonly isCounter: boolean
  readonly isVersion: boolean
  /** The kind of date that the repository sets. */
  readonly date: 'create' | 'update' | undefined
}

/** Reads the options of a column. */
export function readColumn(
  { property, designType, misplaced, options, decorator }: Named<ColumnDeclaration>,
  problem: Problem,
): DeclaredColumn {
  const { role, options: allowed, type }: Declares = declares[decorator]
  const { static: isStatic, ...values } = readOptions(options, checksOf(allowed), {
    owner: `@${decorator}()`,
    tell: (message) => problem(property, message),
    elsewhere: reasons,
    words: 'column',
  })
  return {
    property,
    designType,
    misplaced,
    ...values,
    type: type ?? values.type,
    role: isStatic === true ? 'static' : role,
    isCounter: decorator === 'CounterColumn',
    isVersion: decorator === 'VersionColumn',
    date: dates[decorator],
  }
}

const dates: Readonly<Partial<Record<ColumnDecorator, 'create' | 'update'>>> = {
  CreateDateColumn: 'create',
  UpdateDateColumn: 'update',
}

/** Reads the options of a field. */
export function readField(
  { property, designType, misplaced, options }: Named<FieldDeclaration>,
  problem: Problem,
): TypedProperty {
  const tell = (message: string) => problem(property, message)
  const values = readOptions(options, checksOf(field), { owner: '@Field()', tell, words: 'column' })
  return { property, designType, misplaced, ...values }
}

function checksOf(allowed: readonly Option[]): Partial<typeof all> {
  return Object.fromEntries(allowed.map((option) => [option, all[option]]))
}
