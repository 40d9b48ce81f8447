import type { ExitCode } from '../command-error'
import { type CommonOptions, withDataSource } from '../connect'
import { answer } from '../output'
import { visible } from '../visible'

/** Removes the lock of the migrations. */
export async function migrationUnlock(options: CommonOptions): Promise<ExitCode> {
  const owner = await withDataSource(options, { entities: true }, (db) => db.migrations.unlock())
  answer(
    options.json,
    { owner },
    owner === null ? 'there was no lock' : `removed the lock of ${visible(owner)}`,
  )
  return 0
}
