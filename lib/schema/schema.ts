import { isKeyspaceName, keyspaceNameRule } from '../cql/keyspace-name'
import { SchemaError } from '../errors/errors'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { NamingStrategy } from '../metadata/naming-strategy'
import type { UserTypeMetadata } from '../metadata/user-type'
import type { Change } from './diff/change'
import { type Replication, createKeyspace } from './ddl'
import { declaredKeyspaces } from './model/declared-keyspaces'
import { makeChange } from './diff/make-change'
import { diff } from './diff/diff'
import { buildDrops } from './diff/drop-statements'
import { drawDiagram } from './diagram/draw-diagram'
import { type GeneratedFile, generateClasses } from './generate/generate-classes'
import { hasKeyspace, introspectKeyspace, isVirtualKeyspace } from './model/introspect'
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
import { awaitIndexes } from './await-indexes'

/** The options of a call without options. */
const nothing: SyncOptions = Object.freeze({})

/** The differences between the classes and the cluster. */
export interface SchemaPlan {
  /** The changes in the order in which they can be made; empty if classes and cluster agree. */
  readonly changes: readonly Change[]
}

/** A keyspace as classes declare it, and as the cluster has it; undefined if it does not exist. */
export interface ComparedKeyspace {
  readonly wanted: KeyspaceModel
  readonly found: KeyspaceModel | undefined
}

/** The keyspaces that a plan compares. */
export interface SchemaComparison {
  readonly keyspaces: readonly ComparedKeyspace[]
  /** The keyspace of the data source. */
  readonly keyspace: string | undefined
  readonly naming: NamingStrategy
  /** `true` if the data source creates its keyspace. */
  readonly canCreateKeyspace: boolean
}

/** Classes, and the keyspace of those that name none. */
interface Target {
  readonly classes: readonly EntityMetadata[]
  readonly keyspace: string | undefined
}

/** The parts of a data source that its schema reads. */
export interface SchemaSource {
  readonly session: () => SchemaSession
  /** The entity classes; the same array as long as they do not change. */
  readonly classes: () => readonly EntityMetadata[]
  /** The classes with a table of their own: of several classes in one table, their base. */
  readonly tables: () => readonly EntityMetadata[]
  /** User-defined types, whether an entity contains them or not. */
  readonly userTypes: () => readonly UserTypeMetadata[]
  /** The keyspace of classes that name none, for the call that begins now. */
  readonly keyspace: () => string | undefined
  readonly replication: Replication | undefined
  readonly naming: NamingStrategy | undefined
  /** The table of the log of migrations, which belongs to coodie. */
  readonly migrationsTable: string
}

/** The types, tables, indexes and views of a data source's entities. */
export class Schema {
  /** The classes that the last `sync` has made the cluster like. */
  #synced: Target | undefined

  /** The keyspaces of these classes. */
  #keyspaces: ReadonlySet<string> = new Set()

  /** The number of drops in these keyspaces. */
  #drops = 0

  /** @internal Created by the data source. */
  constructor(private readonly source: SchemaSource) {}

  /**
   * Returns every difference between the classes and the cluster, in both directions and in the order in which `sync`
   * executes the changes. Changes nothing. Throws `SchemaError` if classes contradict each other.
   *
   * ```ts
   * for (const { safety, reason } of (await db.schema.plan()).changes) console.log(safety, reason)
   * ```
   */
  async plan(): Promise<SchemaPlan> {
    return this.#plan(this.#declared(), ({ length }) => length === 0)
  }

  /** Another process may change the schema meanwhile; the first reading of a keyspace is used if its changes are enough. */
  async #plan(
    declared: readonly KeyspaceModel[],
    isEnough: (changes: readonly Change[]) => boolean,
  ): Promise<SchemaPlan> {
    const keyspaces = await this.#compare(declared, isEnough)
    const changes = keyspaces.flatMap(({ wanted, found }) =>
      found === undefined ? this.#absent(wanted) : diff(wanted, found),
    )
    return { changes: changes.map(withoutReverse) }
  }

  async #compare(
    declared: readonly KeyspaceModel[],
    isEnough: (changes: readonly Change[]) => boolean,
  ): Promise<readonly ComparedKeyspace[]> {
    const session = this.source.session()
    return Promise.all(
      declared.map(async (wanted) => {
        if (!(await hasKeyspace(session, wanted.name))) return { wanted, found: undefined }
        const isUsed = (found: KeyspaceModel) => isEnough(diff(wanted, found))
        return { wanted, found: await introspectKeyspace(session, wanted.name, isUsed) }
      }),
    )
  }

  /** @internal Returns the keyspaces that `plan` compares, with the parts of the data source that generated files name. */
  async compare(): Promise<SchemaComparison> {
    const { naming = 'snake_case', replication } = this.source
    const keyspace = this.source.keyspace()
    const keyspaces = await this.#compare(this.#declared(keyspace), ({ length }) => length === 0)
    return { keyspaces, keyspace, naming, canCreateKeyspace: replication !== undefined }
  }

  /**
   * Creates missing types, fields, tables, columns, indexes and views, alters options, and returns the CQL that was
   * executed, or that a dry run would execute. Columns, indexes and views that no class maps are dropped only with
   * `allowDestructive`. Tables and types that no class maps, and replication, are never changed. Several processes may
   * call it at the same time.
   *
   * A second call for the same classes sends nothing, unless something was dropped since. Throws `SchemaError` that
   * lists every difference that no statement can change; nothing is executed then.
   *
   * ```ts
   * const executed = await db.schema.sync({ dryRun: true })
   * ```
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
      // The plan after these changes shows what exists already, so that nothing is created twice.
      const isHarmless = ({ safety }: Change) =>
        safety !== 'impossible' && !(allowDestructive && safety === 'destructive')
      return this.#plan(declared, (changes) => !dryRun && changes.every(isHarmless))
    }
    const run = await synchronize(session, plan, options)
    if (dryRun) return run
    if (waitForIndexes) await awaitIndexes(session, declared, options.signal)
    if (drops === this.#drops) this.#synced = target
    return run
  }

  /**
   * Returns how the cluster differs from the classes, in both directions; empty if it does not. The changes are those of
   * `plan`.
   *
   * ```ts
   * const differences = await db.schema.validate()
   * ```
   */
  async validate(): Promise<readonly Change[]> {
    return (await this.plan()).changes
  }

  /**
   * Drops the views, tables and types of the classes, with all their rows, and returns the CQL that was executed, or
   * that a dry run would execute. The log of migrations is dropped too, so that they run again; the keyspace stays. Throws `SchemaError` if the keyspace has tables or views that no
   * class maps; with `force`, they and all types are dropped too.
   *
   * ```ts
   * const statements = await db.schema.drop({ dryRun: true })
   * ```
   */
  async drop(options: DropOptions = {}): Promise<readonly string[]> {
    requireSchemaOptions('drop', options)
    const session = this.source.session()
    const statements: string[] = []
    for (const wanted of this.#declared()) {
      const found = await introspectKeyspace(session, wanted.name)
      statements.push(
        ...buildDrops(wanted, found, options.force === true, this.source.migrationsTable),
      )
    }
    if (options.dryRun === true) return statements
    this.#synced = undefined
    for (const cql of statements) await session.executeSchema(cql)
    return statements
  }

  /** @internal Makes the next `sync` compare again, because something was dropped in a keyspace. */
  forget(keyspace: string): void {
    if (!this.#keyspaces.has(keyspace)) return
    this.#drops++
    this.#synced = undefined
  }

  /**
   * Returns entity classes in TypeScript for the tables of a keyspace; `plan()` of these classes is empty. What no
   * decorator can declare is written as a comment. Throws `SchemaError` if the keyspace or a table does not exist.
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
   * Returns a Chebotko diagram of a keyspace: an SVG, an HTML page without dependencies, or the text of a Mermaid
   * diagram. Draws the tables of the cluster, or with `from: 'classes'` those that the classes declare, which needs no
   * connection.
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
      throw new SchemaError('no keyspace is given; pass { keyspace }, or give the DataSource one')
    }
    const session = this.source.session()
    if (!(await hasKeyspace(session, keyspace))) {
      throw new SchemaError(
        (await isVirtualKeyspace(session, keyspace))
          ? `keyspace '${keyspace}' is virtual: its tables show the state of each node, and no class can declare them`
          : `keyspace '${keyspace}' does not exist`,
      )
    }
    const found = await introspectKeyspace(session, keyspace)
    const { migrationsTable } = this.source
    return { ...found, tables: found.tables.filter(({ name }) => name !== migrationsTable) }
  }

  #declaredIn(given: string | undefined): KeyspaceModel {
    const own = this.source.keyspace()
    const declared = this.#declared(own)
    const keyspace = given ?? own ?? declared[0]?.name
    const found = declared.find(({ name }) => name === keyspace)
    if (found === undefined) {
      throw new SchemaError(`no class has its table in keyspace '${keyspace ?? ''}'`)
    }
    return found
  }

  #declared(keyspace = this.source.keyspace()): readonly KeyspaceModel[] {
    return declaredKeyspaces(this.source.tables(), keyspace, this.source.userTypes())
  }

  #absent(wanted: KeyspaceModel): readonly Change[] {
    const { replication } = this.source
    const keyspace = wanted.name
    const creation = makeChange('createKeyspace', { keyspace }, { replication })
    return replication === undefined
      ? [creation]
      : [creation, ...diff(wanted, { name: keyspace, types: [], tables: [], views: [] })]
  }
}

function withoutReverse(change: Change): Change {
  const { reverse: _, ...rest } = change
  return rest
}

/** Creates a keyspace if it does not exist. An existing keyspace is never altered. */
export async function ensureKeyspace(
  session: SchemaSession,
  name: string,
  replication: Replication,
): Promise<void> {
  if (!isKeyspaceName(name)) throw new SchemaError(`'${name}' is not ${keyspaceNameRule}`)
  if (await hasKeyspace(session, name)) return
  await session.executeSchema(createKeyspace(name, replication))
}
