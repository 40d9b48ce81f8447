import { isKeyspaceName, keyspaceNameRule } from '../cql/keyspace-name'
import { SchemaError } from '../errors/errors'
import { didYouMean } from '../errors/nearest'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { UserTypeMetadata } from '../metadata/user-type'
import { createKeyspace } from './ddl'
import { declaredTable, declaredView } from './declared-table'
import { declaredTypes } from './declared-types'
import { type Change, diff, placeOf } from './diff'
import { diffType } from './diff-type'
import { diffView, isView } from './diff-view'
import {
  type SchemaSession,
  hasKeyspace,
  introspect,
  introspectTypes,
  introspectViews,
} from './introspect'
import type { TableModel } from './table-model'

/** Differences between the classes and the cluster. */
export interface SchemaPlan {
  readonly changes: readonly Change[]
}

export interface SyncOptions {
  /** True: nothing is executed, only told. */
  readonly dryRun?: boolean
}

/** The tables of a data source's entities. */
export class Schema {
  #isInSync = false

  /** @internal Made by the data source. */
  constructor(
    private readonly session: () => SchemaSession,
    private readonly entities: () => readonly EntityMetadata[],
    private readonly userTypes: () => readonly UserTypeMetadata[],
    private readonly keyspace: string | undefined,
  ) {}

  /** What `sync` would do, and what it could not. Nothing is changed. */
  async plan(): Promise<SchemaPlan> {
    const byKeyspace = new Map<string, EntityMetadata[]>()
    if (this.keyspace !== undefined && this.userTypes().length > 0) {
      byKeyspace.set(this.keyspace, [])
    }
    for (const entity of this.entities()) {
      const keyspace = this.#keyspaceOf(entity)
      byKeyspace.set(keyspace, [...(byKeyspace.get(keyspace) ?? []), entity])
    }
    const changes: Change[] = []
    for (const [keyspace, entities] of byKeyspace) {
      const session = this.session()
      if (!(await hasKeyspace(session, keyspace))) {
        throw new SchemaError(
          `the keyspace '${keyspace}' does not exist; create it, or give the DataSource createKeyspace`,
        )
      }
      const [tables, views, foundTypes] = await Promise.all([
        introspect(session, keyspace),
        introspectViews(session, keyspace),
        introspectTypes(session, keyspace),
      ])
      const types = [
        ...entities.flatMap(({ userTypes }) => userTypes),
        ...(keyspace === this.keyspace ? withInner(this.userTypes()) : []),
      ]
      for (const type of declaredTypes(types, keyspace)) {
        changes.push(...diffType(type, foundTypes.get(type.name)))
      }
      const declared = entities
        .filter(({ kind }) => kind === 'table')
        .map((entity) => declaredTable(entity, keyspace))
      const named = new Map<string, string>()
      for (const table of tables.values()) addNames(named, table)
      for (const table of declared) {
        if (views.has(table.name)) changes.push(isView(table))
        else changes.push(...diff(table, tables.get(table.name), named))
        addNames(named, table)
      }
      const willBe = new Set(declared.map(({ name }) => name))
      for (const entity of entities.filter(({ kind }) => kind === 'view')) {
        changes.push(...diffView(declaredView(entity, keyspace), { tables, views }, willBe))
      }
    }
    return { changes }
  }

  /**
   * Creates the types, fields, tables, columns, indexes and views that are missing, and returns the CQL that was run, or would be.
   * The second call in a process asks nothing. Throws `SchemaError` with all that differs in a way that no
   * statement can mend; nothing is executed then.
   */
  async sync(options: SyncOptions = {}): Promise<readonly string[]> {
    for (const name of Object.keys(options)) {
      if (name !== 'dryRun') {
        throw new SchemaError(`sync has no option '${name}'${didYouMean(name, ['dryRun'])}`)
      }
    }
    if (this.#isInSync) return []
    const { changes } = await this.plan()
    const impossible = changes.filter(({ safety }) => safety === 'impossible')
    if (impossible.length > 0) {
      throw new SchemaError(
        `the cluster differs from the classes in ways that cannot be altered:\n` +
          impossible.map(({ reason }) => `  - ${reason}`).join('\n') +
          '\nDeclare what is there, or copy the rows into a new table.',
      )
    }
    const statements = changes.map(({ cql }) => cql)
    if (options.dryRun === true) return statements
    for (const cql of statements) await this.#run(cql)
    this.#isInSync = true
    return statements
  }

  /** Another process may add the same column at the same time: then it is there, as wanted. */
  async #run(cql: string): Promise<void> {
    try {
      await this.session().executeSchema(cql)
    } catch (error) {
      const { changes } = await this.plan()
      if (changes.some((change) => change.cql === cql)) throw error
    }
  }

  #keyspaceOf(entity: EntityMetadata): string {
    const keyspace = entity.keyspace ?? this.keyspace
    if (keyspace === undefined) {
      throw new SchemaError(
        `${entity.entity} has no keyspace; give the DataSource one, or @Entity({ keyspace })`,
      )
    }
    return keyspace
  }
}

/** Where the indexes of a table are, by name; the first of a name has it. */
function addNames(named: Map<string, string>, table: TableModel): void {
  for (const index of table.indexes) {
    if (!named.has(index.name)) named.set(index.name, placeOf(table, index))
  }
}

/** The types, each after those that it holds. */
function withInner(types: readonly UserTypeMetadata[]): readonly UserTypeMetadata[] {
  return types.flatMap((type) => type.userTypes.concat(type))
}

/** Creates a keyspace only if it is absent; an existing one is never altered. */
export async function ensureKeyspace(
  session: SchemaSession,
  name: string,
  replication: Readonly<Record<string, string | number>>,
): Promise<void> {
  if (!isKeyspaceName(name)) throw new SchemaError(`'${name}' is not ${keyspaceNameRule}`)
  if (await hasKeyspace(session, name)) return
  await session.executeSchema(createKeyspace(name, replication))
}
