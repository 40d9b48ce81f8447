import { requireObject } from '../../statement/column-of'
import type { RepositoryContext } from '../repository-context'
import type { PlainOptions } from '../options/plain-options'
import { requireOptions } from '../options/require-options'
import { metadataFor } from '../inheritance/metadata-for'
import { plainFormOf } from '../../plain/plain-form'

const noGroups: readonly string[] = []

/** Converts an entity to a JSON-safe object. */
export function toPlain(
  context: RepositoryContext,
  given: object,
  options: PlainOptions | undefined,
): Record<string, unknown> {
  const { metadata } = context
  requireObject(metadata, given, 'what toPlain takes')
  if (options !== undefined) requireOptions(metadata.name, 'toPlain', options)
  return plainFormOf(metadataFor(context, given)).writer(options?.groups ?? noGroups)(given)
}
