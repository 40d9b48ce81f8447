import type { ExitCode } from './command-error'
import { type CommonOptions, withDataSource } from './connect'
import { answer } from './output'
import { printChanges } from './print-changes'

export interface DiffOptions extends CommonOptions {
  readonly check?: boolean
}

/** Prints the differences between the classes and the cluster. */
export async function schemaDiff(options: DiffOptions): Promise<ExitCode> {
  const { changes } = await withDataSource(options, { entities: true }, (db) => db.schema.plan())
  answer(options.json, { changes }, printChanges(changes))
  return options.check === true && changes.length > 0 ? 1 : 0
}

/** Prints the differences, and exits with 1 if there are any. */
export function schemaValidate(options: CommonOptions): Promise<ExitCode> {
  return schemaDiff({ ...options, check: true })
}
