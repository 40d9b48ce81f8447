import { type PropertyArguments, placementOf } from './adapter'
import { refuseBare } from './refuse-bare'

/** Options of an index. */
export interface IndexOptions {
  /** The name of the index. The server makes one by default: `table_column_idx`. */
  readonly name?: string
  /** `'sai'`, or the full name of a class. The default is the built-in secondary index. */
  readonly using?: string
  /** The indexed part of a collection. The default is `'values'`, or `'full'` for a frozen collection. */
  readonly on?: 'values' | 'keys' | 'entries' | 'full'
  /** Options of the index, spelled as in CQL. */
  readonly options?: Readonly<Record<string, string | number | boolean>>
  /** The comparison of vectors. The server compares by cosine by default. */
  readonly similarity?: 'cosine' | 'dot_product' | 'euclidean'
}

/**
 * Declares an index on a column, beside the decorator of the column. A property may have several.
 * `CREATE INDEX ON "products" ("brand")`
 *
 * ```ts
 * @Index() @Column('text') brand!: string
 * @Index({ on: 'keys' }) @Column('map<text, int>') stock!: Map<string, number>
 * ```
 *
 * A class that declares a column of its base anew declares its indexes anew, too. `@Index(false)` on a
 * property removes the indexes that the base has on it.
 */
export function Index(options?: IndexOptions | false): IndexDecorator
export function Index(options: IndexOptions | false = {}, bare?: unknown): IndexDecorator {
  refuseBare('Index', options, bare)
  return (...args: PropertyArguments) => {
    const { declarations, ...placement } = placementOf(args)
    declarations.indexes.push({ ...placement, options })
  }
}

/** A decorator of properties, legacy or TC39. */
export type IndexDecorator = (
  target: object | undefined,
  property: PropertyKey | ClassFieldDecoratorContext,
) => void
