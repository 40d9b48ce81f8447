import { defaultOf } from '../../metadata/default-of'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { memberOf } from '../inheritance/discriminate'
import { setProperty } from '../../metadata/set-property'
import type { RepositoryContext } from '../repository-context'

/** Sets undefined properties to the defaults of their columns. */
export function applyDefaults(context: RepositoryContext, target: object): void {
  if (!context.hasDefaults) return
  const properties = target as Readonly<Record<string, unknown>>
  for (const column of columnsOf(context, target)) {
    if (column.default === undefined || properties[column.property] !== undefined) continue
    setProperty(context.metadata, target, column.property, defaultOf(column))
  }
}

/** The columns of the entity's own class, which may be one of several in the table. */
function columnsOf(
  { metadata, host }: RepositoryContext,
  target: object,
): readonly ColumnMetadata[] {
  const member = memberOf(metadata, target)
  return member === undefined
    ? metadata.columns
    : host
        .metadataOf(member.target)
        .columns.filter(({ property }) => member.properties.includes(property))
}
