import colors from 'picocolors'
import type { MigrationState, MigrationStatus } from '../../migration/index'
import type { ExitCode } from '../command-error'
import { type CommonOptions, withDataSource } from '../connect'
import { answer } from '../output'
import { printTable } from '../print-table'

const words = {
  pending: 'pending',
  applied: 'applied',
  failed: 'failed',
  changed: 'changed',
  missing: 'missing',
  outOfOrder: 'out of order',
} as const satisfies Record<MigrationState, string>

/** Prints the migrations and their states. */
export async function migrationList(options: CommonOptions): Promise<ExitCode> {
  const migrations = await withDataSource(options, { entities: true }, (db) => db.migrations.list())
  answer(options.json, { migrations }, printList(migrations))
  return 0
}

function printList(migrations: readonly MigrationStatus[]): string {
  if (migrations.length === 0) {
    return 'there are no migrations; write one with migration:create or migration:generate'
  }
  const titles = ['state', 'version', 'title', 'steps', 'applied at', 'error']
  const rows = migrations.map((each) => [
    { text: words[each.state] },
    { text: each.version, isRight: true },
    { text: each.title },
    { text: each.state === 'failed' ? `${each.stepsDone} of ${each.steps}` : String(each.steps) },
    { text: each.appliedAt?.toISOString() ?? '' },
    { text: each.error ?? '' },
  ])
  const open = migrations.filter(({ state }) => state !== 'applied').length
  const summary = open === 0 ? colors.green('all are applied') : `${open} not applied`
  return `${printTable(titles, rows)}\n\n${summary}`
}
