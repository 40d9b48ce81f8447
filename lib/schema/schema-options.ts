import { SchemaError } from '../errors/errors'
import {
  type OptionCheck,
  boolean,
  callback,
  findMisfit,
  oneOf,
  signal,
  text,
  texts,
} from '../errors/option-checks'
import type { Change } from './diff/change'
import { type DiagramFormat, diagramFormats } from './diagram/draw-diagram'

/** The progress of `sync` after a statement. */
export interface SyncProgress {
  /** The number of statements executed so far. */
  readonly done: number
  /** The number of statements to execute. */
  readonly total: number
  /** The change that was made last. */
  readonly change: Change
  /** The last change in words: `created table products`. */
  readonly action: string
}

/** The options of `schema.sync`. */
export interface SyncOptions {
  /** If true, nothing is executed: the CQL is only returned. */
  readonly dryRun?: boolean | undefined
  /** If true, columns, indexes and views that no class maps are dropped, with their values. */
  readonly allowDestructive?: boolean | undefined
  /** Aborts between two statements; `sync` then throws the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** Called after every statement. */
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined
  /** If true, waits until all indexes of the classes are built. A query fails if its index is not built yet. */
  readonly waitForIndexes?: boolean | undefined
}

/** The options of `schema.drop`. */
export interface DropOptions {
  /** If true, nothing is executed: the CQL is only returned. */
  readonly dryRun?: boolean | undefined
  /** If true, all views, tables and types of the keyspace are dropped, including those that no class maps. */
  readonly force?: boolean | undefined
}

/** The options of `schema.generateEntities`. */
export interface GenerateOptions {
  /** The keyspace of the tables; default: that of the data source. */
  readonly keyspace?: string | undefined
  /** The tables and views to write, with the types they contain; default: all of the keyspace. */
  readonly tables?: readonly string[] | undefined
  /** `'one'` (default): all classes in `entities.ts`; `'perClass'`: each class in a file named after it. */
  readonly files?: 'one' | 'perClass' | undefined
  /** The extension in imports between the files: `'.js'` for ES modules; default: `''`. */
  readonly importExtension?: '' | '.js' | '.ts' | undefined
}

/** The options of `schema.diagram`. */
export interface DiagramOptions {
  /** The format; default: `'svg'`. */
  readonly format?: DiagramFormat | undefined
  /** The tables to draw: those of the cluster (`'cluster'`, default) or those that the classes declare. */
  readonly from?: 'cluster' | 'classes' | undefined
  /** The keyspace of the tables; default: that of the data source. */
  readonly keyspace?: string | undefined
}

/** The options of each method, with what their values must be. */
const optionsOf = {
  sync: {
    dryRun: boolean,
    allowDestructive: boolean,
    signal,
    onProgress: callback,
    waitForIndexes: boolean,
  } satisfies Record<keyof SyncOptions, OptionCheck>,
  drop: { dryRun: boolean, force: boolean } satisfies Record<keyof DropOptions, OptionCheck>,
  generateEntities: {
    keyspace: text,
    tables: texts,
    files: oneOf(['one', 'perClass']),
    importExtension: oneOf(['', '.js', '.ts']),
  } satisfies Record<keyof GenerateOptions, OptionCheck>,
  diagram: {
    format: oneOf(diagramFormats),
    from: oneOf(['cluster', 'classes']),
    keyspace: text,
  } satisfies Record<keyof DiagramOptions, OptionCheck>,
} as const

/** Throws `SchemaError` for options that a method does not have, and for values that an option cannot have. */
export function requireSchemaOptions(method: keyof typeof optionsOf, options: object): void {
  const misfit = findMisfit(options, new Map(Object.entries(optionsOf[method])))
  if (misfit === undefined) return
  throw new SchemaError(`${method}${misfit.isUnknown ? '' : ':'} ${misfit.reason}`)
}
