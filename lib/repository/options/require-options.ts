import { isDriverValue } from '../../driver/types/is-driver-value'
import { StatementError } from '../../errors/errors'
import { findMisfit } from '../../errors/option-checks'
import { hintFor } from '../../errors/words'
import { isPlainObject, requireOwnProperties } from '../../statement/own-properties'
import { type MethodName, optionsOf, requestOptions } from './option-table'

export type { MethodName }

/** The method to call in place of a save with a condition. */
const conditionalOf: ReadonlyMap<string, string> = new Map([
  ['ifNotExists', 'insert'],
  ['ifExists', 'update'],
  ['if', 'update'],
])

/**
 * Throws `StatementError` for options that the method does not have, so that nothing that is asked for is dropped, and
 * for values that an option cannot have.
 */
export function requireOptions(entity: string, method: MethodName, options: object): void {
  const name = method === 'saveMany' ? 'save' : method
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw notOptions(entity, name, options)
  }
  const known = optionsOf.get(method) ?? new Map<string, undefined>()
  if (!isPlainObject(options)) {
    if (isDriverValue(options, 'Uuid')) throw notOptions(entity, name, options)
    requireOwnProperties(`${entity}: the options of ${name}`, options, [...known.keys()])
  }
  const misfit = findMisfit(options, known, 'call')
  if (misfit === undefined) return
  const { option, isUnknown, reason } = misfit
  throw new StatementError(
    isUnknown
      ? `${entity}: ${remedyOf(name, option) ?? `${name} ${reason}`}`
      : `${entity}: ${reason}`,
  )
}

function notOptions(entity: string, name: string, options: unknown): StatementError {
  const isValue = options !== null && !Array.isArray(options)
  const remedy =
    isValue && name.startsWith('find')
      ? '; to find a row by its key, write findOneBy({ id })'
      : name === 'increment' || name === 'decrement'
        ? `; write ${name}(where, { views: 1n })`
        : ''
  return new StatementError(`${entity}: the options of ${name} must be an object${remedy}`)
}

/** The message for an option that readers may look for and that stands somewhere else. */
function remedyOf(name: string, option: string): string | undefined {
  if (option === 'skip' || option === 'offset') {
    return (
      `${name} has no '${option}', since Cassandra cannot jump over rows; ` +
      hintFor('call', option)
    )
  }
  if (name.startsWith('batch.') && requestOptions.has(option)) {
    return `${name} has no '${option}', since a batch is executed as a whole; pass it to db.batch()`
  }
  const other = name === 'save' || name === 'batch.save' ? conditionalOf.get(option) : undefined
  return (
    other &&
    `save has no '${option}', since it writes whether the row exists or not; use ${other}()`
  )
}
