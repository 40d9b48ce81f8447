/**
 * Tells the compiler the primary key of an entity, as CQL writes it: `PRIMARY KEY ((tenant, day), at)`.
 * Optional. With it `update` takes the whole key, `delete` the partition, `orderBy` clustering columns only,
 * key columns cannot change, and the key decorators must agree. It exists for the compiler alone.
 *
 * ```ts
 * class Reading {
 *   declare readonly [primaryKey]?: [['tenant', 'day'], 'at']
 *   @PartitionKey('uuid') tenant!: Uuid
 *   @PartitionKey('date', { as: 'string' }) day!: string
 *   @ClusteringKey('timestamp') at!: Date
 * }
 * ```
 */
export const primaryKey: unique symbol = Symbol.for('coodie.primaryKey') as never

/** The declared key: `'id'`, `['tenant', 'at']` or `[['tenant', 'day'], 'at']`; `never` if no key is declared. */
type DeclaredKey<E> = typeof primaryKey extends keyof E ? NonNullable<E[typeof primaryKey]> : never

/** The columns of the declared partition key; `never` if no key is declared. */
export type PartitionColumns<E> = PartitionOf<DeclaredKey<E>>
type PartitionOf<Key> = Key extends string
  ? Key
  : Key extends readonly [infer First, ...unknown[]]
    ? First extends string
      ? First
      : First extends readonly string[]
        ? First[number]
        : never
    : never

/** The declared clustering columns; `never` if no key is declared. */
export type ClusteringColumns<E> = ClusteringOf<DeclaredKey<E>>
type ClusteringOf<Key> = Key extends readonly [unknown, ...infer Rest extends string[]]
  ? Rest[number]
  : never

/** The columns of the declared key; `never` if no key is declared. */
export type KeyColumns<E> = PartitionColumns<E> | ClusteringColumns<E>

/** `true` if the compiler knows the key. */
export type HasKey<E> = typeof primaryKey extends keyof E ? true : false
