import type { TableOptions } from '../../metadata/entity-metadata'
import type { NamingStrategy } from '../../metadata/naming-strategy'
import type { KeyspaceModel, TableModel, ViewModel } from '../model/table-model'
import type { GenerateOptions } from '../schema-options'
import { kebabCase } from './casing'
import { type ClassNames, classNames } from './class-names'
import {
  type ClassContext,
  entitySource,
  typeText,
  userTypeSource,
  viewSource,
} from './class-source'
import { type DeclarableTypes, declarableTypes, undeclarableKey } from './declarable-types'
import { type Layout, hardLine, join, printLayout } from './layout'
import { moduleSource } from './module-source'
import { propertyNames } from './property-names'
import { selectTables } from './select-tables'
import { comment } from './value-source'

/** A generated file of entity classes. */
export interface GeneratedFile {
  /** The name, without folders: `order-items.ts`. */
  readonly path: string
  /** The TypeScript source. */
  readonly source: string
  /** The names of the classes in the file. */
  readonly classes: readonly string[]
  /** The tables and views that cannot be declared, and why; they are comments in the file. */
  readonly warnings: readonly string[]
}

export interface GenerateSettings extends Pick<
  GenerateOptions,
  'tables' | 'files' | 'importExtension'
> {
  /** The rule that gives columns their names. */
  readonly naming: NamingStrategy
  /** The keyspace to write into the decorators; undefined: that of the data source. */
  readonly keyspace?: string | undefined
}

interface Written {
  readonly className: string
  readonly source: Layout
  readonly fromPackage: ReadonlySet<string>
  /** The other classes that the class names. */
  readonly classes: ReadonlySet<string>
  /** The reason why the class is only a comment; undefined if it is live. */
  readonly warning?: string
}

/** The things that all classes of a keyspace are written with. */
interface Writing extends GenerateSettings {
  readonly names: ClassNames
  readonly declarable: DeclarableTypes
  readonly defaultOptions: TableOptions | undefined
}

/**
 * Writes the classes of a keyspace, each after those that it names. A table whose key cannot be declared is written as a
 * comment. Throws `SchemaError` for a table that does not exist.
 */
export function generateClasses(
  model: KeyspaceModel,
  settings: GenerateSettings,
): readonly GeneratedFile[] {
  const { types: all, tables, views: selected } = selectTables(model, settings.tables)
  const declarable = declarableTypes(all)
  const types = all.filter(({ name }) => declarable.some.has(name))
  const isFiltered = ({ filter }: ViewModel) => filter !== undefined && filter !== ''
  const views = selected.filter((view) => !isFiltered(view))
  const names = classNames({ name: model.name, types, tables, views })
  const writing = { ...settings, names, declarable, defaultOptions: model.server?.defaultOptions }
  const written = [
    ...types.map((type) =>
      writeClass(names.ofTypes.get(type.name) ?? '', type.fields, writing, (context) =>
        userTypeSource(type, context),
      ),
    ),
    ...tables.map((table) => {
      const unwritten = selected.filter((view) => view.from === table.name && isFiltered(view))
      return writeUnlessKey(table, table, table.columns, writing, (context) =>
        entitySource(table, unwritten, context),
      )
    }),
    ...views.map((view) => {
      const table = tables.find(({ name }) => name === view.from) ?? view
      // The properties of a view are those of the class of its table.
      return writeUnlessKey(view, table, table.columns, writing, (context) =>
        viewSource(view, context),
      )
    }),
  ]
  return settings.files === 'perClass'
    ? written.map((each) => ownFile(each, settings.importExtension ?? ''))
    : [oneFile(written)]
}

/** Writes the class of a table or view, as a comment if its own key or that of its table cannot be declared. */
function writeUnlessKey(
  of: TableModel | ViewModel,
  table: TableModel | ViewModel,
  columns: readonly { readonly name: string }[],
  writing: Writing,
  source: (context: ClassContext) => Layout,
): Written {
  const written = writeClass(writing.names.ofTables.get(of.name) ?? '', columns, writing, source)
  const key =
    undeclarableKey(of.columns, writing.declarable) ??
    undeclarableKey(table.columns, writing.declarable)
  if (key === undefined) return written
  const kind = 'from' in of ? 'view' : 'table'
  const warning =
    `The ${kind} ${of.name} cannot be declared: its key column ${key.name} is ` +
    `${typeText(key.type)}, which cannot be declared.`
  const lines = printLayout(written.source, maxCommentWidth)
    .split('\n')
    .map((line) => `// ${line}`)
  return {
    className: written.className,
    source: join(hardLine, [comment(warning), ...lines]),
    fromPackage: new Set(),
    classes: new Set(),
    warning,
  }
}

/** The width of source in a comment, without the two slashes and the space. */
const maxCommentWidth = 97

function writeClass(
  className: string,
  columns: readonly { readonly name: string }[],
  { names: { ofTables, ofTypes }, declarable, defaultOptions, naming, keyspace }: Writing,
  source: (context: ClassContext) => Layout,
): Written {
  const fromPackage = new Set<string>()
  const classes = new Set<string>()
  const named = (name: string | undefined) => {
    if (name !== undefined) classes.add(name)
    return name
  }
  return {
    className,
    source: source({
      className,
      naming,
      keyspace,
      defaultOptions,
      declarableTypes: declarable.some,
      properties: propertyNames(
        columns.map(({ name }) => name),
        naming,
      ),
      fromPackage: (name) => {
        fromPackage.add(name)
        return name
      },
      classOfType: (name) => named(ofTypes.get(name)),
      classOfTable: (name) => named(ofTables.get(name)),
    }),
    fromPackage,
    classes,
  }
}

function oneFile(written: readonly Written[]): GeneratedFile {
  const names = written.flatMap(({ fromPackage }) => [...fromPackage])
  return {
    path: 'entities.ts',
    source: moduleSource(
      [{ from: 'coodie', names }],
      written.map(({ source }) => source),
    ),
    ...liveClasses(written),
  }
}

function ownFile(written: Written, extension: string): GeneratedFile {
  const { className, source, fromPackage, classes, warning } = written
  const others = [...classes].map((name) => ({
    from: `./${kebabCase(name)}${extension}`,
    names: [name],
  }))
  // A file of comments alone is made a module, so that it can be compiled and imported like the others.
  const sources = warning === undefined ? [source] : [source, 'export {}']
  return {
    path: `${kebabCase(className)}.ts`,
    source: moduleSource([{ from: 'coodie', names: [...fromPackage] }, ...others], sources),
    ...liveClasses([written]),
  }
}

function liveClasses(written: readonly Written[]): Pick<GeneratedFile, 'classes' | 'warnings'> {
  return {
    classes: written.flatMap(({ className, warning }) => (warning === undefined ? className : [])),
    warnings: written.flatMap(({ warning }) => warning ?? []),
  }
}
