import { SchemaError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
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

const known = {
  sync: {
    dryRun: 'boolean',
    allowDestructive: 'boolean',
    signal: 'signal',
    onProgress: 'function',
    waitForIndexes: 'boolean',
  } satisfies Record<keyof SyncOptions, string>,
  drop: { dryRun: 'boolean', force: 'boolean' } satisfies Record<keyof DropOptions, string>,
  generateEntities: {
    keyspace: 'string',
    tables: 'array',
    files: ['one', 'perClass'],
    importExtension: ['', '.js', '.ts'],
  } satisfies Record<keyof GenerateOptions, string | readonly string[]>,
  diagram: {
    format: diagramFormats,
    from: ['cluster', 'classes'],
    keyspace: 'string',
  } satisfies Record<keyof DiagramOptions, string | readonly string[]>,
} as const

const needs: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
  function: ['a function', (value) => typeof value === 'function'],
  string: ['a text', (value) => typeof value === 'string'],
  array: ['an array of names', (value) => Array.isArray(value)],
}

/** Refuses options that a method does not have, and values that they do not take. Throws `SchemaError`. */
export function requireSchemaOptions(method: keyof typeof known, options: object): void {
  const kinds: Readonly<Record<string, string | readonly string[]>> = known[method]
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined) {
      throw new SchemaError(
        `${method} has no option '${name}'${didYouMean(name, Object.keys(kinds))}`,
      )
    }
    if (value === undefined) continue
    const [need = '', fits = (each: unknown) => kind.includes(each as string)] =
      typeof kind === 'string'
        ? (needs[kind] ?? [])
        : [`one of ${kind.map((each) => `'${each}'`).join(', ')}`]
    if (!fits(value)) throw new SchemaError(`${method}: ${name} must be ${need}`)
  }
}
