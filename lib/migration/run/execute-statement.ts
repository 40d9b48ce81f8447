import { CqlFragment, isFragment } from '../../cql/cql-tag'
import { splitStatements } from '../../cql/split-statements'
import type { ExecuteOptions } from '../../driver/execute-options'
import type { Session } from '../../driver/session'
import { MigrationError } from '../../errors/errors'
import { type RawResult, executeRaw } from '../../repository/read/raw-query'
import { type RawScope, buildRaw } from '../../statement/raw'
import { classify } from '../statement-kind'

/** The place where the statements of a run are executed. */
export interface StatementScope extends RawScope {
  /** A session in the keyspace of the run. */
  readonly session: Session
  readonly options: ExecuteOptions
}

const nothing: RawResult = { cql: '', pages: [], columns: [] }

/**
 * Executes one statement, CQL text or a fragment, and waits for schema agreement after DDL. Throws `MigrationError` for
 * text that is not one statement, for `USE`, and unless `canLose` is given for a statement that loses data.
 */
export async function executeStatement(
  scope: StatementScope,
  statement: string | CqlFragment,
  canLose: boolean,
): Promise<RawResult> {
  const fragment = toFragment(statement)
  const { cql, values } = buildRaw(fragment, scope)
  const { isSchema, loss, isUse } = classify(cql)
  if (isUse) {
    throw new MigrationError('USE would change the keyspace of others; name the keyspace', {
      statement: cql,
    })
  }
  if (loss !== undefined && !canLose) {
    throw new MigrationError(
      `the statement loses data (${loss}); write destructive: true in the migration if that is meant`,
      { statement: cql },
    )
  }
  if (!isSchema || values.length > 0) return executeRaw(scope, fragment, scope.options)
  await scope.session.executeSchema(cql)
  // The driver does not wait after a statement that changed nothing, such as CREATE … IF NOT EXISTS.
  await scope.session.awaitSchemaAgreement()
  return nothing
}

function toFragment(statement: unknown): CqlFragment {
  if (isFragment(statement)) return statement
  if (typeof statement !== 'string') {
    throw new MigrationError(`expected CQL text or a cql fragment, got ${typeof statement}`)
  }
  const [text, ...others] = splitStatements(statement)
  if (text === undefined || others.length > 0) {
    throw new MigrationError(
      `expected one statement, got ${others.length === 0 ? 'none' : others.length + 1}; execute each of them with a call of its own`,
      { statement },
    )
  }
  return new CqlFragment([{ kind: 'text', text }])
}
