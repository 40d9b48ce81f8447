import { StatementError } from '../index'
import type { CoodieConnectOptions } from './module-options'

type Needs = (value: unknown) => string | undefined

const boolean: Needs = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')

/** The requirement for the value of each option. */
const needs = {
  name: (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text'),
  autoLoadEntities: boolean,
  retryAttempts: (value) =>
    Number.isInteger(value) && Number(value) >= 0 ? undefined : 'must be a whole number from 0',
  retryDelay: (value) =>
    typeof value === 'number' && value >= 0 ? undefined : 'must be a number of milliseconds from 0',
  toRetry: (value) => (typeof value === 'function' ? undefined : 'must be a function of an error'),
  verboseRetryLog: boolean,
} as const satisfies Record<keyof CoodieConnectOptions, Needs>

/** Throws `StatementError` for a value that an option cannot have. */
export function requireConnectOptions(options: CoodieConnectOptions): void {
  for (const [name, need] of Object.entries(needs)) {
    const value: unknown = options[name as keyof CoodieConnectOptions]
    const reason = value === undefined ? undefined : need(value)
    if (reason !== undefined) throw new StatementError(`CoodieModule: ${name} ${reason}`)
  }
}
