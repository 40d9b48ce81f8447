import type { NamingStrategy } from '../../metadata/naming-strategy'
import type { GenerateOptions } from '../schema-options'
import type { KeyspaceModel, ViewModel } from '../model/table-model'
import { kebabCase } from './casing'
import { type ClassNames, classNames } from './class-names'
import { type ClassContext, entitySource, userTypeSource, viewSource } from './class-source'
import type { Layout } from './layout'
import { moduleSource } from './module-source'
import { propertyNames } from './property-names'
import { selectTables } from './select-tables'

/** A file of classes. */
export interface GeneratedFile {
  /** Its name, without folders: `order-items.ts`. */
  readonly path: string
  readonly source: string
  /** The classes in it. */
  readonly classes: readonly string[]
}

export interface GenerateSettings extends Pick<
  GenerateOptions,
  'tables' | 'files' | 'importExtension'
> {
  /** How the names of properties become those of columns. */
  readonly naming: NamingStrategy
  /** Written into the decorators; undefined: the data source's. */
  readonly keyspace?: string | undefined
}

interface Written {
  readonly className: string
  readonly source: Layout
  readonly fromPackage: ReadonlySet<string>
  /** Other classes that it names. */
  readonly classes: ReadonlySet<string>
}

/** The classes of a keyspace, each after those that it names. Throws `SchemaError` for a table that is not there. */
export function generateClasses(
  model: KeyspaceModel,
  settings: GenerateSettings,
): readonly GeneratedFile[] {
  const { types, tables, views: selected } = selectTables(model, settings.tables)
  const isFiltered = ({ filter }: ViewModel) => filter !== undefined && filter !== ''
  const views = selected.filter((view) => !isFiltered(view))
  const names = classNames({ name: model.name, types, tables, views })
  const write = (
    className: string,
    columns: readonly { readonly name: string }[],
    source: (context: ClassContext) => Layout,
  ) => writeClass(className, columns, source, names, settings)
  const written = [
    ...types.map((type) =>
      write(names.ofTypes.get(type.name) ?? '', type.fields, (context) =>
        userTypeSource(type, context),
      ),
    ),
    ...tables.map((table) =>
      write(names.ofTables.get(table.name) ?? '', table.columns, (context) =>
        entitySource(
          table,
          selected.filter((view) => view.from === table.name && isFiltered(view)),
          context,
        ),
      ),
    ),
    // The properties of a view are those of its table's class.
    ...views.map((view) =>
      write(
        names.ofTables.get(view.name) ?? '',
        tables.find(({ name }) => name === view.from)?.columns ?? view.columns,
        (context) => viewSource(view, context),
      ),
    ),
  ]
  return settings.files === 'perClass'
    ? written.map((each) => ownFile(each, settings.importExtension ?? ''))
    : [oneFile(written)]
}

function writeClass(
  className: string,
  columns: readonly { readonly name: string }[],
  source: (context: ClassContext) => Layout,
  { ofTables, ofTypes }: ClassNames,
  { naming, keyspace }: GenerateSettings,
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
    classes: written.map(({ className }) => className),
  }
}

function ownFile(
  { className, source, fromPackage, classes }: Written,
  extension: string,
): GeneratedFile {
  const others = [...classes].map((name) => ({
    from: `./${kebabCase(name)}${extension}`,
    names: [name],
  }))
  return {
    path: `${kebabCase(className)}.ts`,
    source: moduleSource([{ from: 'coodie', names: [...fromPackage] }, ...others], [source]),
    classes: [className],
  }
}
