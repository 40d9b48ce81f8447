import { relative } from 'node:path'
import type { WrittenMigration } from '../../migration/index'
import type { ExitCode } from '../command-error'
import { type CommonOptions, withDataSource } from '../connect'
import { answer, tell } from '../output'
import { visible } from '../visible'

export interface WriteCommandOptions extends CommonOptions {
  readonly cql?: boolean
}

/** Writes a migration without steps. */
export async function migrationCreate(
  title: string,
  options: WriteCommandOptions,
): Promise<ExitCode> {
  const needs = { entities: true, connection: 'none' } as const
  const written = await withDataSource(options, needs, (db) =>
    db.migrations.create({ title, format: formatOf(options) }),
  )
  report(written, options)
  return 0
}

/** Writes a migration that makes the cluster as the classes declare it. */
export async function migrationGenerate(
  title: string,
  options: WriteCommandOptions,
): Promise<ExitCode> {
  const written = await withDataSource(options, { entities: true }, async (db) => {
    const pending = (await db.migrations.list()).filter(({ state }) => state === 'pending')
    if (pending.length > 0 && options.json !== true) {
      const names = pending.map(({ version, title: each }) => `${version}-${each}`).join(', ')
      const are = pending.length === 1 ? 'is' : 'are'
      tell(
        visible(`warning: ${names} ${are} not applied yet; the new migration may repeat the same`),
      )
    }
    return db.migrations.generate({ title, format: formatOf(options) })
  })
  report(written, options)
  return 0
}

function formatOf({ cql }: WriteCommandOptions): 'ts' | 'cql' {
  return cql === true ? 'cql' : 'ts'
}

function report(written: WrittenMigration | null, { json }: CommonOptions): void {
  answer(
    json,
    { migrations: written === null ? [] : [written] },
    written === null
      ? 'the cluster matches the classes; nothing was written'
      : `wrote ${visible(relative('.', written.file))}`,
  )
}
