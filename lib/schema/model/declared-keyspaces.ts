import { SchemaError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { UserTypeMetadata } from '../../metadata/user-type'
import { declaredTable, declaredView } from './declared-table'
import { declaredTypes } from './declared-types'
import { mergeTables } from './merge-tables'
import type { KeyspaceModel } from './table-model'

/**
 * The keyspaces that classes declare. `userTypes` are types of the default keyspace that no entity need hold.
 * Several classes of one table or type are one. Throws `SchemaError` for an entity without a keyspace, and for
 * classes that contradict each other.
 */
export function declaredKeyspaces(
  entities: readonly EntityMetadata[],
  defaultKeyspace: string | undefined,
  userTypes: readonly UserTypeMetadata[] = [],
): readonly KeyspaceModel[] {
  const byKeyspace = new Map<string, EntityMetadata[]>()
  if (defaultKeyspace !== undefined && userTypes.length > 0) byKeyspace.set(defaultKeyspace, [])
  for (const metadata of entities) {
    const keyspace = metadata.keyspace ?? defaultKeyspace
    if (keyspace === undefined) {
      throw new SchemaError(
        `${metadata.name} has no keyspace; give the DataSource one, or @Entity({ keyspace })`,
      )
    }
    byKeyspace.set(keyspace, [...(byKeyspace.get(keyspace) ?? []), metadata])
  }
  return [...byKeyspace].map(([name, ofKeyspace]) => ({
    name,
    types: declaredTypes(
      [
        ...ofKeyspace.flatMap((metadata) => metadata.userTypes),
        ...(name === defaultKeyspace ? withInner(userTypes) : []),
      ],
      name,
    ),
    tables: mergeTables(
      ofKeyspace
        .filter(({ kind }) => kind === 'table')
        .map((metadata) => declaredTable(metadata, name)),
    ),
    views: ofKeyspace
      .filter(({ kind }) => kind === 'view')
      .map((metadata) => declaredView(metadata, name)),
  }))
}

/** Returns the types, each after those that it contains. */
function withInner(types: readonly UserTypeMetadata[]): readonly UserTypeMetadata[] {
  return types.flatMap((type) => type.userTypes.concat(type))
}
