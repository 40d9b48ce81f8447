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

/** How far `sync` is: after each statement. */
export interface SyncProgress {
  readonly done: number
  readonly total: number
  readonly change: Change
}

export interface SyncOptions {
  /** True: nothing is executed, only told. */
  readonly dryRun?: boolean | undefined
  /** True: what the classes do not map (columns, indexes, views) is removed. */
  readonly allowDestructive?: boolean | undefined
  /** Aborts between two statements; `sync` then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined
  /** True: waits until all indexes of the classes are built. Queries by one that is not fail. */
  readonly waitForIndexes?: boolean | undefined
}

export interface DropOptions {
  /** True: nothing is executed, only told. */
  readonly dryRun?: boolean | undefined
  /** True: all views, tables and types of the keyspace go, those too that nothing maps. */
  readonly force?: boolean | undefined
}

/** How entity classes are written. */
export interface GenerateOptions {
  /** Whose tables; the data source's unless given. */
  readonly keyspace?: string | undefined
  /** The tables and views to write, with the types that they hold; all of the keyspace unless given. */
  readonly tables?: readonly string[] | undefined
  /** All classes in `entities.ts` ('one', unless given), or each in a file named after it. */
  readonly files?: 'one' | 'perClass' | undefined
  /** What imports between the files end with: '.js' for ES modules; '' unless given. */
  readonly importExtension?: '' | '.js' | '.ts' | undefined
}

export interface DiagramOptions {
  /** 'svg' unless given. */
  readonly format?: DiagramFormat | undefined
  /** What is drawn: what the cluster has ('cluster', unless given), or what the classes declare. */
  readonly from?: 'cluster' | 'classes' | undefined
  /** Whose tables; the data source's unless given. */
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
