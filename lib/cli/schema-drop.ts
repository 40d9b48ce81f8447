import type { ExitCode } from './command-error'
import { confirm } from './confirm'
import { type CommonOptions, connected } from './connect'
import { answer } from './output'

export interface DropCommandOptions extends CommonOptions {
  readonly dryRun?: boolean
  readonly force?: boolean
  readonly yes?: boolean
}

/** Drops the views, tables and types of the classes. */
export function schemaDrop(options: DropCommandOptions): Promise<ExitCode> {
  const { force = false, dryRun = false, json } = options
  return connected(options, { entities: true }, async (db) => {
    const statements = await db.schema.drop({ force, dryRun: true })
    if (!dryRun && statements.length > 0) {
      await confirm(
        `${statements.length === 1 ? 'One statement drops' : `${statements.length} statements drop`} what is there, ` +
          `with all rows: ${statements.join('; ')}. Go on?`,
        options.yes,
      )
      await db.schema.drop({ force })
    }
    answer(json, { dryRun, statements }, statements.map((cql) => `${cql};`).join('\n'))
    return 0 as const
  })
}
