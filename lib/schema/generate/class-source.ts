import type { CqlType } from '../../cql/cql-type'
import { printType } from '../../cql/print-type'
import type { TableOptions } from '../../metadata/entity-metadata'
import { type NamingStrategy, applyNaming } from '../../metadata/naming-strategy'
import { printMask } from '../model/mask'
import type { ColumnModel, TableModel, UserTypeModel, ViewModel } from '../model/table-model'
import { decoratorSource } from './decorator-source'
import { indexSource } from './index-source'
import { isDeclarable } from './declarable-types'
import { type Layout, group, hardLine, indent, join, line } from './layout'
import { tableOptionsSource } from './table-options-source'
import { type Needs, nullableType, propertyType, typeExpression } from './type-source'
import { comment, textSource } from './value-source'

/** The things that a class is written with. */
export interface ClassContext extends Needs {
  readonly className: string
  readonly naming: NamingStrategy
  /** The property of each column or field. */
  readonly properties: ReadonlyMap<string, string>
  /** The keyspace to write into the decorator; undefined: that of the data source. */
  readonly keyspace: string | undefined
  /** The options of a table that is created without options. */
  readonly defaultOptions: TableOptions | undefined
  /** The names of the user-defined types that have a class. */
  readonly declarableTypes: ReadonlySet<string>
  /** The class of a table. */
  readonly classOfTable: (name: string) => string | undefined
}

const decorators = {
  partitionKey: 'PartitionKey',
  clustering: 'ClusteringKey',
  static: 'StaticColumn',
  regular: 'Column',
  counter: 'CounterColumn',
} as const satisfies Record<ColumnModel['kind'], string>

/** Writes the class of a table; `views` are those of its views that no class can declare. */
export function entitySource(
  table: TableModel,
  views: readonly ViewModel[],
  context: ClassContext,
): Layout {
  const { fromPackage, keyspace } = context
  const options = {
    ...(keyspace === undefined ? {} : { keyspace: textSource(keyspace) }),
    ...tableOptionsSource(table.options, context.defaultOptions),
  }
  const decorator = fromPackage('Entity')
  const name = textSource(table.name)
  const head =
    Object.keys(options).length === 0
      ? decoratorSource(decorator, name)
      : decoratorSource(decorator, undefined, { name, ...options })
  const members = table.columns.map((column) =>
    columnSource(
      column,
      table.indexes
        .filter(() => canBeWritten(column.type, context))
        .filter((index) => index.column === column.name)
        .map((index) => indexSource(fromPackage('Index'), index, table, column.type)),
      context,
    ),
  )
  return classSource(
    [
      ...unwrittenIndexes(table, context),
      ...views.map(unwrittenView),
      ...unwrittenExtensions(table),
      head,
    ],
    context.className,
    members,
  )
}

/** The indexes that no decorator can declare, such as those of a custom class on several columns. */
function unwrittenIndexes(
  { columns, indexes }: TableModel,
  context: ClassContext,
): readonly Layout[] {
  const known = new Set(
    columns.flatMap(({ name, type }) => (canBeWritten(type, context) ? name : [])),
  )
  return indexes
    .filter(({ column }) => !known.has(column))
    .map(({ name, column }) => comment(`The index ${name} on ${column} cannot be declared.`))
}

function unwrittenView({ name, filter }: ViewModel): Layout {
  return comment(`The view ${name} has only rows where ${filter}; it cannot be declared.`)
}

function unwrittenExtensions({ extensions = [] }: TableModel): readonly Layout[] {
  return extensions.length === 0
    ? []
    : [comment(`The extensions ${extensions.join(', ')} cannot be declared.`)]
}

/** Writes the class of a materialized view. */
export function viewSource(view: ViewModel, context: ClassContext): Layout {
  const { fromPackage, className } = context
  const { default_time_to_live: _, ...options } = view.options
  const head = decoratorSource(fromPackage('MaterializedView'), undefined, {
    name: textSource(view.name),
    from: `() => ${context.classOfTable(view.from)}`,
    ...tableOptionsSource(options, context.defaultOptions),
  })
  return classSource(
    [
      ...(view.hasAllColumns === true
        ? [
            comment(
              'The view selects all columns of its table; those below are the ones it has now.',
            ),
          ]
        : []),
      head,
    ],
    className,
    view.columns.map((column) => columnSource({ ...column, mask: undefined }, [], context)),
  )
}

/** Writes the class of a user-defined type. */
export function userTypeSource(userType: UserTypeModel, context: ClassContext): Layout {
  const { fromPackage, className } = context
  const head = decoratorSource(fromPackage('UserDefinedType'), textSource(userType.name))
  const members = userType.fields.map(({ name, type }) => {
    if (!canBeWritten(type, context)) return unwritten('field', name, type)
    const property = propertyOf(name, context)
    const options = nameOption(name, property, context)
    return member(
      [decoratorSource(fromPackage('Field'), typeExpression(type, context), options)],
      `${property}?`,
      nullableType(type, context),
    )
  })
  return classSource([head], className, members)
}

function columnSource(
  { name, kind, order, type, mask }: ColumnModel,
  indexes: readonly Layout[],
  context: ClassContext,
): Layout {
  if (!canBeWritten(type, context)) return unwritten('column', name, type)
  const property = propertyOf(name, context)
  const isCounter = type.kind === 'native' && type.name === 'counter'
  const masked = mask === undefined ? undefined : printMask(mask)
  const decorator = decoratorSource(
    context.fromPackage(isCounter ? 'CounterColumn' : decorators[kind]),
    isCounter ? undefined : typeExpression(type, context),
    {
      ...nameOption(name, property, context),
      ...(kind === 'clustering' && order === 'desc' ? { order: textSource('desc') } : {}),
      ...(isCounter && kind === 'static' ? { static: 'true' } : {}),
      ...(masked === undefined ? {} : { masked: textSource(masked) }),
    },
  )
  const isAlwaysThere = kind === 'partitionKey' || kind === 'clustering' || readsAsEmpty(type)
  const source = member(
    [...indexes, decorator],
    `${property}${isAlwaysThere ? '!' : '?'}`,
    isAlwaysThere ? propertyType(type, context) : nullableType(type, context),
  )
  if (mask === undefined || masked !== undefined) return source
  return [comment(`The mask ${mask.function} of ${name} cannot be declared.`), hardLine, source]
}

/** Tells whether a column is never null: the server does not distinguish an empty collection from an absent one. */
function readsAsEmpty({ kind }: CqlType): boolean {
  return kind === 'list' || kind === 'set' || kind === 'map'
}

/** Tells whether a type can be declared; some classes of the server have no name in CQL. */
function canBeWritten(type: CqlType, { declarableTypes }: ClassContext): boolean {
  return isDeclarable(type, declarableTypes)
}

function unwritten(what: 'column' | 'field', name: string, type: CqlType): Layout {
  return comment(`The ${what} ${name} is ${typeText(type)}, which cannot be declared.`)
}

/** Prints a type for a comment; a class of the server as it is stored. */
export function typeText(type: CqlType): string {
  return type.kind === 'udt' && type.name.includes("'") ? type.name : printType(type)
}

function nameOption(
  name: string,
  property: string,
  { naming }: ClassContext,
): Readonly<Record<string, Layout>> {
  return applyNaming(naming, property) === name ? {} : { name: textSource(name) }
}

function propertyOf(column: string, { properties }: ClassContext): string {
  return properties.get(column) ?? column
}

function member(decorating: readonly Layout[], name: string, type: Layout): Layout {
  return group(join(line, decorating), line, `${name}: `, type)
}

function classSource(head: readonly Layout[], name: string, members: readonly Layout[]): Layout {
  return [
    ...head.flatMap((each) => [each, hardLine]),
    `export class ${name} {`,
    indent(hardLine, join(hardLine, members)),
    hardLine,
    '}',
  ]
}
