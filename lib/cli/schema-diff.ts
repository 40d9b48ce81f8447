import type { ExitCode } from './command-error'
import { type CommonOptions, connected } from './connect'
import { answer } from './output'
import { printChanges } from './print-changes'

export interface DiffOptions extends CommonOptions {
  readonly check?: boolean
}

/** Prints how the cluster differs from the classes. */
export async function schemaDiff(options: DiffOptions): Promise<ExitCode> {
  const { changes } = await connected(options, { entities: true }, (db) => db.schema.plan())
  answer(options.json, { changes }, printChanges(changes))
  return options.check === true && changes.length > 0 ? 1 : 0
}

/** The same, and it is an error when they differ. */
export function schemaValidate(options: CommonOptions): Promise<ExitCode> {
  return schemaDiff({ ...options, check: true })
}
