import { requireObject } from '../../statement/column-of'
import type { RepositoryContext } from '../repository-context'
import { requireOptions } from '../options/require-options'
import { metadataFor } from '../inheritance/metadata-for'
import { plainFormOf } from '../../plain/plain-form'
import { requireGroups } from '../../plain/require-groups'

/** Options of the way to a plain value, and back. */
export interface PlainOptions {
  /** The groups of `@Expose` and `@Transform` that count, and those of constraints; none unless given. */
  readonly groups?: readonly string[]
}

const noGroups: readonly string[] = []

export function toPlain(
  context: RepositoryContext,
  given: object,
  options: PlainOptions | undefined,
): Record<string, unknown> {
  const { metadata } = context
  requireObject(metadata, given, 'what toPlain takes')
  let groups = noGroups
  if (options !== undefined) {
    requireOptions(metadata.name, 'toPlain', options)
    groups = requireGroups(metadata.name, 'toPlain', options.groups)
  }
  return plainFormOf(metadataFor(context, given)).writer(groups)(given)
}
