import { SchemaError } from '../errors/errors'
import { unreachable } from '../errors/unreachable'
import type { Change } from '../schema/diff/change'
import { isHarmless } from '../schema/diff/change-facts'
import { report } from '../schema/diff/report'
import type { SchemaValidation } from './data-source-options'

/**
 * Compares the classes with the cluster, as far as a data source asks for it. Warns of some differences and throws
 * `SchemaError` with the others.
 */
export async function checkSchema(
  level: SchemaValidation,
  validate: () => Promise<readonly Change[]>,
  warn: (message: string) => void,
): Promise<void> {
  if (level === 'off') return
  const changes = await validate()
  const refused = changes.filter((change) => isRefused(level, change))
  const others = changes.filter((change) => !refused.includes(change))
  if (others.length > 0) warn(describe(others))
  if (refused.length === 0) return
  throw new SchemaError(`${describe(refused)}\nRun schema.sync() or change the classes.`)
}

function describe(changes: readonly Change[]): string {
  return `the cluster differs from the classes:\n${report(changes)}`
}

function isRefused(level: Exclude<SchemaValidation, 'off'>, change: Change): boolean {
  switch (level) {
    case 'warn':
      return false
    case 'error':
      return !isHarmless(change)
    case 'strict':
      return true
    default:
      return unreachable(level)
  }
}
