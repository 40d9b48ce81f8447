import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { type DataSource, ExecutionError, type ExecutionErrorKind } from '../index'
import { defaultName } from './data-source-token'
import type { CoodieConnectOptions } from './module-options'

/** Says for each kind of error if the same request may succeed later. */
const mayPass = {
  connection: true,
  timeout: true,
  unavailable: true,
  overloaded: true,
  server: true,
  alreadyExists: true,
  invalid: false,
  syntax: false,
  unauthorized: false,
} as const satisfies Record<ExecutionErrorKind, boolean>

/**
 * Initializes a data source, in several attempts if the server cannot be used yet. Throws the error of the last attempt,
 * or at once an error that another attempt cannot avoid, such as a `DeclarationError`.
 */
export async function connect(db: DataSource, options: CoodieConnectOptions): Promise<DataSource> {
  const { name = defaultName, retryAttempts = 10, retryDelay = 3000, verboseRetryLog } = options
  const logger = new Logger('CoodieModule')
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.initialize()
    } catch (error) {
      if (attempt >= retryAttempts || !isWorthwhile(error, options)) throw error
      const { message, stack } = error
      logger.error(
        `The data source '${name}' could not connect, try ${attempt} of ${retryAttempts}: ${message}`,
        ...(verboseRetryLog === true ? [stack] : []),
      )
      await sleep(retryDelay)
    }
  }
}

function isWorthwhile(error: unknown, { toRetry }: CoodieConnectOptions): error is ExecutionError {
  if (!(error instanceof ExecutionError)) return false
  return toRetry === undefined ? mayPass[error.kind] : toRetry(error)
}
