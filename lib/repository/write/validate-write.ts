import { unreachable } from '../../errors/unreachable'
import { isChange } from '../../statement/change'
import { changeOperators } from '../../statement/change-operators'
import type { ValidateOptions } from '../options/write-options'
import { metadataFor } from '../inheritance/metadata-for'
import { classShapeOf } from '../../metadata/class-shape'
import type { RepositoryContext } from '../repository-context'
import { type Looked, validateEntity } from '../../validation/validate-entity'
import { validationOf } from './validation-of'

type Properties = Readonly<Record<string, unknown>>

/**
 * Validates a whole entity that is inserted or saved. Returns undefined if nothing is to be awaited. Throws
 * `ValidationError`.
 */
export function validateGiven(
  context: RepositoryContext,
  verb: 'insert' | 'save',
  given: object,
  options: ValidateOptions,
): Promise<void> | undefined {
  const metadata = metadataFor(context, given)
  const validation = validationOf(context, metadata, options)
  if (validation === undefined) return undefined
  const shape = classShapeOf(metadata)
  // A column that is not read by itself is undefined in what was loaded, and a save leaves it as it is.
  const unread = shape.members.filter(
    ({ property, selected }) => !selected && (given as Properties)[property] === undefined,
  )
  const looked: Looked =
    verb === 'insert' || unread.length === 0
      ? undefined
      : {
          of: (property) => (unread.some((one) => one.property === property) ? undefined : 'whole'),
        }
  return validateEntity(shape, given, validation, looked)
}

/** Validates the changes of an update; the other properties are not known. */
export function validateChanges(
  context: RepositoryContext,
  changes: unknown,
  options: ValidateOptions,
): Promise<void> | undefined {
  const { metadata } = context
  const validation = validationOf(context, metadata, options)
  // Anything but an object of changes is refused with the rest of the request.
  if (validation === undefined || typeof changes !== 'object' || changes === null) return undefined
  const values: Record<string, unknown> = {}
  const how = new Map<string, 'whole' | 'elements' | 'fields'>()
  for (const [property, change] of Object.entries(changes)) {
    if (change === undefined) continue
    const part = partOf(change)
    if (part === undefined) continue
    values[property] = part.value
    how.set(property, part.how)
  }
  if (how.size === 0) return undefined
  return validateEntity(
    classShapeOf(metadata),
    values,
    { ...validation, skipUndefinedProperties: true },
    { of: (property) => how.get(property) },
  )
}

/** Returns the part of a property that a change writes; undefined for removals and counters. */
function partOf(
  change: unknown,
): { readonly value: unknown; readonly how: 'whole' | 'elements' | 'fields' } | undefined {
  if (!isChange(change)) return { value: change, how: 'whole' }
  const { kind, value } = change
  const { gives } = changeOperators[kind]
  switch (gives) {
    case 'elements':
      return { value, how: 'elements' }
    case 'entries':
      return {
        value: value instanceof Map ? value : new Map(Object.entries(value as object)),
        how: 'elements',
      }
    case 'element':
      return { value: [(value as readonly unknown[])[1]], how: 'elements' }
    case 'fields':
      return { value, how: 'fields' }
    case 'nothing':
    case 'parts':
      return undefined
    default:
      return unreachable(gives)
  }
}
