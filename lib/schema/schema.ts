import { isKeyspaceName, keyspaceNameRule } from '../cql/keyspace-name'
import { SchemaError } from '../errors/errors'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { NamingStrategy } from '../metadata/naming-strategy'
import type { UserTypeMetadata } from '../metadata/user-type'
import type { Change } from './diff/change'
import { type Replication, createKeyspace } from './ddl'
import { declaredKeyspaces } from './model/declared-keyspaces'
import { diff } from './diff/diff'
import { drawDiagram } from './diagram/draw-diagram'
import { dropsOf } from './drops'
import { type GeneratedFile, generateClasses } from './generate/generate-classes'
import { hasKeyspace, introspectKeyspace } from './model/introspect'
import { indexesBuilt } from './model/indexes-built'
import {
  type DiagramOptions,
  type DropOptions,
  type GenerateOptions,
  type SyncOptions,
  requireSchemaOptions,
} from './schema-options'
import type { SchemaSession } from './model/schema-session'
import { synchronize } from './synchronize'
import type { KeyspaceModel } from './model/table-model'

/** The options of a call without any. */
const nothing: SyncOptions = Object.freeze({})

/** Differences between the classes and the cluster. */
export interface SchemaPlan {
  readonly changes: readonly Change[]
}

/** Classes, and the keyspace of those that name none. */
interface Target {
  readonly classes: readonly EntityMetadata[]
  readonly keyspace: string | undefined
}

/** What a schema knows of its data source. */
export interface SchemaSource {
  readonly session: () => SchemaSession
  /** Always the same array while the classes are the same. */
  readonly classes: () => readonly EntityMetadata[]
  /** Of classes in one table, their base. */
  readonly tables: () => readonly EntityMetadata[]
  /** Types that no entity need hold. */
  readonly userTypes: () => readonly UserTypeMetadata[]
  /** Of classes that name none, in the call that begins now. */
  readonly keyspace: () => string | undefined
  readonly replication: Replication | undefined
  readonly naming: NamingStrategy | undefined
}

/** The types, tables, indexes and views of a data source's entities. */
export class Schema {
  /** What the cluster was made like, by this object. */
  #synced: Target | undefined

  /** Where their tables are. */
  #keyspaces: ReadonlySet<string> = new Set()

  /** How many things were dropped there. */
  #drops = 0

  /** @internal Made by the data source. */
  constructor(private readonly source: SchemaSource) {}

  /**
   * Every difference between the classes and the cluster, in both directions and in the order in which `sync` would
   * make the changes. Nothing is changed. Throws `SchemaError` for classes that contradict each other.
   *
   * ```ts
   * for (const { safety, reason } of (await db.schema.plan()).changes) console.log(safety, reason)
   * ```
   */
  async plan(): Promise<SchemaPlan> {
    return this.#plan(this.#declared())
  }

  async #plan(declared: readonly KeyspaceModel[]): Promise<SchemaPlan> {
    const session = this.source.session()
    const plans = await Promise.all(
      declared.map(async (wanted) => {
        if (!(await hasKeyspace(session, wanted.name))) return this.#absent(wanted)
        return diff(wanted, await introspectKeyspace(session, wanted.name))
      }),
    )
    return { changes: plans.flat() }
  }

  /**
   * Makes the cluster like the classes, and returns the CQL that was run, or would be: types, fields, tables,
   * columns, options, indexes and views that are missing. What the classes do not map is removed only with
   * `allowDestructive`; tables and types that nothing maps, and replication, are never touched. Several processes
   * may do it at once.
   *
   * The second call for the same classes asks nothing, unless something was dropped meanwhile. Throws `SchemaError` with all that differs in a way that no
   * statement can mend; nothing is executed then.
   */
  async sync(options: SyncOptions = nothing): Promise<readonly string[]> {
    const target: Target = { classes: this.source.classes(), keyspace: this.source.keyspace() }
    const isSynced =
      this.#synced?.classes === target.classes && this.#synced.keyspace === target.keyspace
    if (options === nothing && isSynced) return []
    requireSchemaOptions('sync', options)
    const { dryRun = false, allowDestructive = false, waitForIndexes = false } = options
    if (isSynced && !allowDestructive && !waitForIndexes) return []
    const session = this.source.session()
    const declared = this.#declared(target.keyspace)
    this.#keyspaces = new Set(declared.map(({ name }) => name))
    let drops = 0
    const plan = () => {
      drops = this.#drops
      return this.#plan(declared)
    }
    const run = await synchronize(session, plan, options)
    if (dryRun) return run
    if (waitForIndexes) await indexesBuilt(session, declared, options.signal)
    if (drops === this.#drops) this.#synced = target
    return run
  }

  /**
   * How the cluster differs from the classes, both ways; empty when it does not. A type, a part of a key, an order
   * that is another one, what is missing, what is not mapped.
   */
  async validate(): Promise<readonly Change[]> {
    return (await this.plan()).changes
  }

  /**
   * Drops the views, tables and types of the classes, with all their rows, and returns the CQL that was run, or would
   * be; the keyspace itself stays. Throws `SchemaError` while a keyspace holds tables or views that nothing
   * maps: with `force` they go too, and so do types.
   */
  async drop(options: DropOptions = {}): Promise<readonly string[]> {
    requireSchemaOptions('drop', options)
    const session = this.source.session()
    const statements: string[] = []
    for (const wanted of this.#declared()) {
      const found = await introspectKeyspace(session, wanted.name)
      statements.push(...dropsOf(wanted, found, options.force === true))
    }
    if (options.dryRun === true) return statements
    this.#synced = undefined
    for (const cql of statements) await session.executeSchema(cql)
    return statements
  }

  /** @internal Something was dropped in a keyspace: the next `sync` asks again. */
  forget(keyspace: string): void {
    if (!this.#keyspaces.has(keyspace)) return
    this.#drops++
    this.#synced = undefined
  }

  /**
   * Classes in TypeScript for what a keyspace has: `plan()` of them is empty. What no decorator can say stands there as
   * a comment. Throws `SchemaError` for a keyspace or a table that is not there.
   *
   * ```ts
   * const files = await db.schema.generateEntities({ files: 'perClass' })
   * for (const { path, source } of files) console.log(path, source)
   * ```
   */
  async generateEntities(options: GenerateOptions = {}): Promise<readonly GeneratedFile[]> {
    requireSchemaOptions('generateEntities', options)
    const own = this.source.keyspace()
    const found = await this.#found(options.keyspace ?? own)
    return generateClasses(found, {
      ...options,
      naming: this.source.naming ?? 'snake_case',
      keyspace: found.name === own ? undefined : found.name,
    })
  }

  /**
   * A picture of a keyspace as Artem Chebotko draws tables: an SVG, a page of HTML that needs nothing else, or the text
   * of a Mermaid diagram. Of what the cluster has, or with `from: 'classes'` of what the classes declare, which
   * needs no connection.
   *
   * ```ts
   * const svg = await db.schema.diagram()
   * const text = await db.schema.diagram({ format: 'mermaid', from: 'classes' })
   * ```
   */
  async diagram(options: DiagramOptions = {}): Promise<string> {
    requireSchemaOptions('diagram', options)
    const { format = 'svg', from = 'cluster', keyspace } = options
    return drawDiagram(
      from === 'classes'
        ? this.#declaredIn(keyspace)
        : await this.#found(keyspace ?? this.source.keyspace()),
      format,
    )
  }

  async #found(keyspace: string | undefined): Promise<KeyspaceModel> {
    if (keyspace === undefined) {
      throw new SchemaError('no keyspace is named; give it, or the DataSource one')
    }
    const session = this.source.session()
    if (!(await hasKeyspace(session, keyspace))) {
      throw new SchemaError(`the keyspace '${keyspace}' does not exist`)
    }
    return introspectKeyspace(session, keyspace)
  }

  #declaredIn(given: string | undefined): KeyspaceModel {
    const own = this.source.keyspace()
    const declared = this.#declared(own)
    const keyspace = given ?? own ?? declared[0]?.name
    const found = declared.find(({ name }) => name === keyspace)
    if (found === undefined) {
      throw new SchemaError(`no class has its table in the keyspace '${keyspace ?? ''}'`)
    }
    return found
  }

  #declared(keyspace = this.source.keyspace()): readonly KeyspaceModel[] {
    return declaredKeyspaces(this.source.tables(), keyspace, this.source.userTypes())
  }

  #absent(wanted: KeyspaceModel): readonly Change[] {
    const { replication } = this.source
    const keyspace = wanted.name
    const change = {
      kind: 'createKeyspace',
      keyspace,
      reason: `the keyspace '${keyspace}' does not exist`,
    } as const
    if (replication === undefined) return [{ ...change, cql: '', safety: 'impossible' }]
    return [
      { ...change, cql: createKeyspace(keyspace, replication), safety: 'safe' },
      ...diff(wanted, { name: keyspace, types: [], tables: [], views: [] }),
    ]
  }
}

/** Creates a keyspace only if it is absent; an existing one is never altered. */
export async function ensureKeyspace(
  session: SchemaSession,
  name: string,
  replication: Replication,
): Promise<void> {
  if (!isKeyspaceName(name)) throw new SchemaError(`'${name}' is not ${keyspaceNameRule}`)
  if (await hasKeyspace(session, name)) return
  await session.executeSchema(createKeyspace(name, replication))
}
