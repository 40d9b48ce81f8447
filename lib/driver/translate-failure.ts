import type { Client } from 'cassandra-driver'
import { type CoodieError, ExecutionError } from '../errors/errors'
import { prepare } from './bind-parameters'
import { forgetPrepared } from './internals/prepared-statements'
import { type ErrorContext, staleStatement, translateError } from './translate-error'

/** A statement that failed. */
interface Failed {
  readonly cql: string
  readonly params: readonly unknown[]
}

/**
 * Returns coodie's error for a failed request. For a statement that the server can no longer prepare, the driver keeps
 * the answer that the statement is unknown: the statement is prepared once more, because the answer to that names the
 * column or the table that is missing.
 */
export async function translateFailure(
  client: Client,
  error: unknown,
  statements: readonly Failed[],
  context: ErrorContext,
): Promise<CoodieError> {
  const translated = translateError(error, context)
  if (translated.message !== staleStatement) return translated
  for (const { cql, params } of statements) {
    // A statement without markers would be executed.
    if (params.length === 0 && !/^\s*SELECT\s/iu.test(cql)) continue
    forgetPrepared(client, cql)
    try {
      await prepare(client, cql)
    } catch (reason) {
      const { message } = translateError(reason, { cql })
      const told = `the statement can no longer be prepared: ${message}`
      return new ExecutionError('invalid', told, { cause: error, cql: context.cql })
    }
  }
  return translated
}
