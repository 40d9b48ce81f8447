import type { CqlType } from '../../cql/cql-type'
import { printType } from '../../cql/print-type'
import { type NamingStrategy, applyNaming } from '../../metadata/naming-strategy'
import { userTypesIn } from '../../cql/type-tree'
import type { ColumnModel, TableModel, UserTypeModel, ViewModel } from '../model/table-model'
import { decoratorSource } from './decorator-source'
import { indexSource } from './index-source'
import { type Layout, group, hardLine, indent, join, line } from './layout'
import { tableOptionsSource } from './table-options-source'
import { type Needs, nullableType, propertyType, typeExpression } from './type-source'
import { textSource } from './value-source'

/** What a class is written with. */
export interface ClassContext extends Needs {
  readonly className: string
  readonly naming: NamingStrategy
  /** The property of each column or field. */
  readonly properties: ReadonlyMap<string, string>
  /** Written into the decorator; undefined: the data source's. */
  readonly keyspace: string | undefined
  /** The class of a table. */
  classOfTable(name: string): string | undefined
}

const decorators = {
  partitionKey: 'PartitionKey',
  clustering: 'ClusteringKey',
  static: 'StaticColumn',
  regular: 'Column',
  counter: 'CounterColumn',
} as const satisfies Record<ColumnModel['kind'], string>

/** The class of a table; `views` are those of it that no class can declare. */
export function entitySource(
  table: TableModel,
  views: readonly ViewModel[],
  context: ClassContext,
): Layout {
  const { fromPackage, keyspace } = context
  const options = {
    ...(keyspace === undefined ? {} : { keyspace: textSource(keyspace) }),
    ...tableOptionsSource(table.options),
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
        .filter((index) => index.column === column.name)
        .map((index) => indexSource(fromPackage('Index'), index, table, column.type)),
      context,
    ),
  )
  return classSource(
    [...unwrittenIndexes(table), ...views.map(unwrittenView), head],
    context.className,
    members,
  )
}

/** Indexes that no decorator can say: those of a class of their own on several columns, say. */
function unwrittenIndexes({ columns, indexes }: TableModel): readonly Layout[] {
  const known = new Set(columns.map((column) => column.name))
  return indexes
    .filter(({ column }) => !known.has(column))
    .map(({ name, column }) => comment(`The index ${name} on ${column} cannot be declared.`))
}

function unwrittenView({ name, filter }: ViewModel): Layout {
  return comment(`The view ${name} has only rows where ${filter}; it cannot be declared.`)
}

/** The class of a materialized view. */
export function viewSource(view: ViewModel, context: ClassContext): Layout {
  const { fromPackage, className } = context
  const { default_time_to_live: _, ...options } = view.options
  const head = decoratorSource(fromPackage('MaterializedView'), undefined, {
    name: textSource(view.name),
    from: `() => ${context.classOfTable(view.from)}`,
    ...tableOptionsSource(options),
  })
  return classSource(
    [head],
    className,
    view.columns.map((column) => columnSource(column, [], context)),
  )
}

/** The class of a user-defined type. */
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
  { name, kind, order, type }: ColumnModel,
  indexes: readonly Layout[],
  context: ClassContext,
): Layout {
  if (!canBeWritten(type, context)) return unwritten('column', name, type)
  const property = propertyOf(name, context)
  const decorator = decoratorSource(
    context.fromPackage(decorators[kind]),
    kind === 'counter' ? undefined : typeExpression(type, context),
    {
      ...nameOption(name, property, context),
      ...(kind === 'clustering' && order === 'desc' ? { order: textSource('desc') } : {}),
    },
  )
  const isAlwaysThere = kind === 'partitionKey' || kind === 'clustering' || readsAsEmpty(type)
  return member(
    [...indexes, decorator],
    `${property}${isAlwaysThere ? '!' : '?'}`,
    isAlwaysThere ? propertyType(type, context) : nullableType(type, context),
  )
}

/** A collection that is not frozen is never null: the server does not tell an empty one from none. */
function readsAsEmpty({ kind }: CqlType): boolean {
  return kind === 'list' || kind === 'set' || kind === 'map'
}

/** Classes of a server's own have no name in CQL. */
function canBeWritten(type: CqlType, { classOfType }: ClassContext): boolean {
  return userTypesIn(type).every((name) => classOfType(name) !== undefined)
}

function unwritten(what: 'column' | 'field', name: string, type: CqlType): Layout {
  return comment(`The ${what} ${name} is ${printType(type)}, which cannot be declared.`)
}

function comment(text: string): Layout {
  return `// ${text.replaceAll(/\s+/gu, ' ')}`
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
