import { SchemaError } from '../errors/errors'
import { didYouMean } from '../errors/nearest'
import type { Change } from './change'

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

const known = {
  sync: {
    dryRun: 'boolean',
    allowDestructive: 'boolean',
    signal: 'object',
    onProgress: 'function',
    waitForIndexes: 'boolean',
  } satisfies Record<keyof SyncOptions, string>,
  drop: { dryRun: 'boolean', force: 'boolean' } satisfies Record<keyof DropOptions, string>,
} as const

const needs: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  object: 'an AbortSignal',
  function: 'a function',
}

/** Refuses options that a method does not have. Throws `SchemaError`. */
export function requireSchemaOptions(method: 'sync' | 'drop', options: object): void {
  const kinds: Readonly<Record<string, string>> = known[method]
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined) {
      throw new SchemaError(
        `${method} has no option '${name}'${didYouMean(name, Object.keys(kinds))}`,
      )
    }
    if (value !== undefined && typeof value !== kind) {
      throw new SchemaError(`${method}: ${name} must be ${needs[kind]}`)
    }
  }
}
