import { MigrationError } from '../../errors/errors'
import type { Change } from '../../schema/diff/change'
import type { SchemaComparison } from '../../schema/schema'
import { type CopySource, copySource } from './copy-source'
import type { WriteMigrationOptions } from './create-migration'
import { type SourceStep, cqlSource, typeScriptSource } from './migration-source'
import { plainStatement } from './plain-statement'
import { type MigrationPlan, type TableCopy, planChanges } from './plan-changes'
import { type WrittenMigration, writeMigration } from './write-migration'

/**
 * Writes a migration that makes the cluster as the classes declare it; returns `null` if no statement is needed. Throws
 * `MigrationError` for differences that no migration can change, and for `format: 'cql'` if rows must be copied.
 */
export async function generateMigration(
  comparison: SchemaComparison,
  { title, format = 'ts', directory }: WriteMigrationOptions,
  defaultDirectory: string,
): Promise<WrittenMigration | null> {
  const content = migrationSource(comparison, title, format)
  if (content === null) return null
  return writeMigration({ title, directory: directory ?? defaultDirectory, format, content })
}

interface PlannedKeyspace extends MigrationPlan {
  readonly copied: CopySource
}

/** Returns the source of the migration; `null` if no statement is needed. */
export function migrationSource(
  comparison: SchemaComparison,
  title: string,
  format: 'ts' | 'cql',
): string | null {
  const planned = planKeyspaces(comparison)
  const changes = planned.flatMap((each) => each.changes)
  const copies = planned.flatMap((each) => each.copies)
  if (changes.length === 0) return null
  if (copies.length > 0 && format === 'cql') {
    const names = copies.map(({ from }) => from.name).join(', ')
    throw new MigrationError(
      `generate: the rows of ${names} must be copied to a new table, which CQL cannot do; pass format 'ts'`,
    )
  }
  const plain = (cql: string): SourceStep => ({
    cql: plainStatement(cql, comparison.keyspace),
  })
  const irreversible = changes.filter(({ reverse }) => reverse === undefined)
  const parts = {
    description: title.trim(),
    destructive: changes.some(({ safety }) => safety === 'destructive'),
    up: [
      ...changes.map(({ cql }) => plain(cql)),
      ...planned.flatMap(({ copied }) => copied.steps.map((source) => ({ source }))),
    ],
    down: irreversible.length > 0 ? undefined : reversesOf(changes).map(plain),
    comments: [...copies.flatMap(adviceFor), ...lossesOf(changes), ...noWayBack(irreversible)],
  }
  if (format === 'cql') return cqlSource(parts)
  const declarations = planned.map(({ copied }) => copied.declarations).filter(Boolean)
  return typeScriptSource(parts, declarations.join('\n\n'))
}

function planKeyspaces(comparison: SchemaComparison): readonly PlannedKeyspace[] {
  const { keyspaces, keyspace: own, naming, canCreateKeyspace } = comparison
  const planned = keyspaces.map(({ wanted, found }): PlannedKeyspace => {
    if (found === undefined && !(canCreateKeyspace && wanted.name === own)) {
      throw new MigrationError(
        `generate: keyspace '${wanted.name}' does not exist; create it, or give the DataSource createKeyspace`,
      )
    }
    const existing = found ?? { name: wanted.name, types: [], tables: [], views: [] }
    const { changes, copies } = planChanges(wanted, existing)
    const keyspace = wanted.name === own ? undefined : wanted.name
    return { changes, copies, copied: copySource(copies, wanted, existing, { naming, keyspace }) }
  })
  if (planned.filter(({ copies }) => copies.length > 0).length > 1) {
    throw new MigrationError(
      'generate: rows must be copied in several keyspaces; generate with the entities of one of them at a time',
    )
  }
  return planned
}

/** Returns the statements that undo changes, the last change first. */
function reversesOf(changes: readonly Change[]): readonly string[] {
  const statements = changes.flatMap(({ reverse }) => reverse ?? [])
  statements.reverse()
  return statements
}

/** Says what is left to do after a table was copied. */
function adviceFor({ from, to, views, reasons }: TableCopy): readonly string[] {
  const renamed = [...views].map(
    ([old, name]) => `, and let the class of ${old} name its new view: name: '${name}'`,
  )
  return [
    `No statement can change ${from.name} as its class declares it:`,
    ...reasons.map((reason) => `- ${reason}`),
    `This migration makes the table ${to.name} and copies the rows. To switch over:`,
    `1. Before it runs, let the programs write both tables, or stop them: a row that is written to ${from.name}`,
    `   while it runs may be missing in ${to.name}. Deletes and times to live are not copied.`,
    `2. After it ran, let the class name the new table: @Entity('${to.name}')${renamed.join('')}.`,
    `3. When no program uses ${from.name} any more, drop it in another migration.`,
  ]
}

function lossesOf(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(({ safety, reason }) =>
    safety === 'destructive' ? `Loses data: ${reason}.` : [],
  )
}

function noWayBack(irreversible: readonly Change[]): readonly string[] {
  return irreversible.map(({ reason }) => `No statement undoes this: ${reason}.`)
}
