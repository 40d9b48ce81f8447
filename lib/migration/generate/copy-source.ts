import { MigrationError } from '../../errors/errors'
import type { NamingStrategy } from '../../metadata/naming-strategy'
import { generateClasses } from '../../schema/generate/generate-classes'
import { propertyNames } from '../../schema/generate/property-names'
import { comment } from '../../schema/generate/value-source'
import type {
  ColumnModel,
  KeyspaceModel,
  TableModel,
  UserTypeModel,
} from '../../schema/model/table-model'
import { convertSource, converters } from './convert-source'
import type { TableCopy } from './plan-changes'

/** The source of the steps that copy tables, and of all that they need above the migration. */
export interface CopySource {
  readonly declarations: string
  readonly steps: readonly string[]
}

interface Settings {
  readonly naming: NamingStrategy
  /** The keyspace to write into the classes; undefined: that of the data source. */
  readonly keyspace: string | undefined
}

/**
 * Writes a step for each table that is copied, with classes of the old and the new table as they are now: the classes
 * of the program change later. Throws `MigrationError` for a table that no class can declare.
 */
export function copySource(
  copies: readonly TableCopy[],
  declared: KeyspaceModel,
  found: KeyspaceModel,
  settings: Settings,
): CopySource {
  if (copies.length === 0) return { declarations: '', steps: [] }
  const tables = copies.flatMap(({ from, to }) => [from, to]).map(bare)
  const model = { name: found.name, types: mergeTypes(declared, found), tables, views: [] }
  const selection = { tables: tables.map(({ name }) => name), files: 'one' as const }
  const [file] = generateClasses(model, { ...settings, ...selection })
  if (file === undefined || file.warnings.length > 0) {
    throw new MigrationError(`generate: ${file?.warnings.join(' ') ?? 'there is no class'}`)
  }
  // Those of user-defined types come first.
  const classes = file.classes.slice(-tables.length)
  const written = copies.map((copy, i) =>
    writeCopy(copy, classes[2 * i] ?? '', classes[2 * i + 1] ?? '', settings.naming),
  )
  const steps = written.map(({ step }) => step)
  const used = Object.entries(converters).filter(([name]) =>
    steps.some((step) => step.includes(`${name}(`)),
  )
  const functions = [...used.map(([, source]) => source), ...written.flatMap((each) => each.stubs)]
  return { declarations: [file.source.trimEnd(), ...functions].join('\n\n'), steps }
}

/** Returns a table without the parts that reading and writing rows does not need. */
function bare(table: TableModel): TableModel {
  const columns = table.columns.map((column) => ({ ...column, mask: undefined }))
  return { keyspace: table.keyspace, name: table.name, columns, indexes: [], options: {} }
}

/** Returns the types as they are when the rows are copied, with the fields that the migration adds. */
function mergeTypes(declared: KeyspaceModel, found: KeyspaceModel): readonly UserTypeModel[] {
  const later = new Map(declared.types.map((type) => [type.name, type]))
  const known = new Set(found.types.map(({ name }) => name))
  return [
    ...declared.types.filter(({ name }) => !known.has(name)),
    ...found.types.map((type) => {
      const names = new Set(type.fields.map(({ name }) => name))
      const added = later.get(type.name)?.fields.filter(({ name }) => !names.has(name)) ?? []
      return { ...type, fields: [...type.fields, ...added] }
    }),
  ]
}

interface WrittenCopy {
  readonly step: string
  /** Functions that a developer has to complete. */
  readonly stubs: readonly string[]
}

function writeCopy(
  { from, to }: TableCopy,
  Old: string,
  New: string,
  naming: NamingStrategy,
): WrittenCopy {
  const oldNames = propertyNames(
    from.columns.map(({ name }) => name),
    naming,
  )
  const newNames = propertyNames(
    to.columns.map(({ name }) => name),
    naming,
  )
  const stubs: string[] = []
  const isStaticAlone = from.columns.some(({ kind }) => kind === 'static')
  const lines = to.columns.flatMap((column): readonly string[] => {
    const property = newNames.get(column.name) ?? column.name
    const source = from.columns.find(({ name }) => name === column.name)
    const isKey = column.position >= 0
    if (source === undefined && !isKey) return []
    const read = `row.${oldNames.get(column.name) ?? column.name}`
    const value = source === undefined ? undefined : convertSource(source.type, column.type, read)
    if (value === undefined) {
      const stub = `${property}Of${New}`
      stubs.push(stubSource(stub, property, column, Old, New, to.name))
      return [`copy.${property} = ${stub}(row)`]
    }
    const isAlwaysThere = source !== undefined && source.position >= 0
    if (isAlwaysThere && !(isStaticAlone && source.kind === 'clustering')) {
      return [`copy.${property} = ${value}`]
    }
    // A row whose new key has no value is refused by the write.
    return [`if (${read} != null) copy.${property} = ${value}`]
  })
  const step = [
    comment(
      `Copies the rows of ${from.name} to ${to.name}. A row that cannot be copied stops the migration;`,
    ),
    '// the next run continues there. The copies are older than all that programs write: they replace nothing.',
    'async ({ repository, scan }) => {',
    `  const copies = repository(${New})`,
    `  await scan(${Old}, {}, async (row) => {`,
    `    const copy = new ${New}()`,
    ...lines.map((line) => `    ${line}`),
    '    await copies.insert(copy, { timestamp: 1n })',
    '  })',
    '},',
  ].join('\n')
  return { step, stubs }
}

function stubSource(
  name: string,
  property: string,
  column: ColumnModel,
  Old: string,
  New: string,
  table: string,
): string {
  return [
    comment(`Complete this function: it returns ${table}.${column.name} of a row.`),
    `function ${name}(_row: ${Old}): Exclude<${New}['${property}'], undefined> {`,
    `  throw new Error('write in the migration how ${property} of ${New} follows from a row of ${Old}')`,
    '}',
  ].join('\n')
}
