import { MigrationError, StatementError } from '../../errors/errors'
import type { Class } from '../../metadata/declaration'
import { ReadRepository } from '../../repository/read-repository'
import { Repository } from '../../repository/repository'
import { RepositoryContext } from '../../repository/repository-context'
import { plainRows } from '../../repository/read/raw-query'
import type { MigrationContext } from '../migration-context'
import { type StatementScope, executeStatement } from './execute-statement'
import type { MigrationSource } from './migration-source'
import { type ScanRun, scanTable } from './step-scan'

/** The parts of a run that the functions of its steps use. */
export interface StepRun {
  readonly source: MigrationSource
  readonly keyspace: string
  readonly scope: StatementScope
  /** `true` if statements may lose data. */
  readonly canLose: boolean
  readonly scan: ScanRun
}

/** Makes the argument of a step that is a function. */
export function makeContext({ source, keyspace, scope, canLose, scan }: StepRun): MigrationContext {
  const contextOf = (target: Class) =>
    new RepositoryContext({ ...source.host, keyspace }, source.host.metadataOf(target))
  let hasScanned = false
  return {
    db: source.db,
    keyspace,
    schema: source.schema,
    signal: scan.signal,
    log: (text) => source.log(text),
    async execute(cql) {
      await executeStatement(scope, cql, canLose)
    },
    async query<Row>(cql: Parameters<MigrationContext['query']>[0]) {
      return plainRows(await executeStatement(scope, cql, canLose)) as Row[]
    },
    repository(target) {
      const context = contextOf(target)
      const { name, kind, from } = context.metadata
      if (kind === 'view') {
        throw new StatementError(
          `${name} is a view and cannot be written; read it with scan or db.getViewRepository(${name}), and write ${from?.name}`,
        )
      }
      return new Repository(context)
    },
    async scan(target, options, eachRow) {
      if (hasScanned) {
        throw new MigrationError(
          'scan was called a second time in one step, and the log keeps the progress of one scan; make the second scan a step of its own',
        )
      }
      hasScanned = true
      await scanTable(new ReadRepository(contextOf(target)), options, eachRow, scan)
    },
  }
}
