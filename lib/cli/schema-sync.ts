import colors from 'picocolors'
import type { ExitCode } from './command-error'
import { confirm } from './confirm'
import { type CommonOptions, withDataSource } from './connect'
import { answer, tell } from './output'
import { printChanges } from './print-changes'
import { visible } from './visible'

export interface SyncCommandOptions extends CommonOptions {
  readonly dryRun?: boolean
  readonly check?: boolean
  readonly allowDestructive?: boolean
  readonly waitForIndexes?: boolean
  readonly yes?: boolean
}

/** Changes the cluster so that it matches the classes. */
export function schemaSync(options: SyncCommandOptions): Promise<ExitCode> {
  const { allowDestructive = false, waitForIndexes = false, json } = options
  const isDry = options.dryRun === true || options.check === true
  return withDataSource(options, { entities: true }, async (db) => {
    const { changes } = await db.schema.plan()
    const losses = changes.filter(({ safety }) => safety === 'destructive')
    if (json !== true) tell(printChanges(changes))
    if (allowDestructive && losses.length > 0 && !isDry) {
      const reasons = losses.map(({ reason }) => reason).join('; ')
      const count = losses.length === 1 ? '1 change loses' : `${losses.length} changes lose`
      await confirm(`${count} data: ${reasons}.`, 'Continue?', options.yes)
    }
    const statements = await db.schema.sync({
      dryRun: isDry,
      allowDestructive,
      waitForIndexes: waitForIndexes && !isDry,
      onProgress({ done, total, action }) {
        if (json !== true) tell(colors.dim(`[${done}/${total}] ${visible(action)}`))
      },
    })
    answer(
      json,
      { dryRun: isDry, statements },
      statements.map((cql) => `${visible(cql)};`).join('\n'),
    )
    return options.check === true && changes.length > 0 ? 1 : 0
  })
}
