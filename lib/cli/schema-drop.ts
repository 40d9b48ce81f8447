import type { ExitCode } from './command-error'
import { confirm } from './confirm'
import { type CommonOptions, withDataSource } from './connect'
import { answer } from './output'
import { visible } from './visible'

export interface DropCommandOptions extends CommonOptions {
  readonly dryRun?: boolean
  readonly force?: boolean
  readonly yes?: boolean
}

/** Drops the views, tables and types of the classes. */
export function schemaDrop(options: DropCommandOptions): Promise<ExitCode> {
  const { force = false, dryRun = false, json } = options
  return withDataSource(options, { entities: true }, async (db) => {
    const statements = await db.schema.drop({ force, dryRun: true })
    if (!dryRun && statements.length > 0) {
      const count =
        statements.length === 1 ? '1 statement drops' : `${statements.length} statements drop`
      await confirm(
        `${count} data, with all rows: ${statements.join('; ')}.`,
        'Continue?',
        options.yes,
      )
      await db.schema.drop({ force })
    }
    answer(json, { dryRun, statements }, statements.map((cql) => `${visible(cql)};`).join('\n'))
    return 0 as const
  })
}
