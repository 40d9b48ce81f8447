import { type PropertyArguments, placementOf } from './adapter'

/** Options of an index. */
export interface IndexOptions {
  /** The index's name; the server's way of naming unless given. */
  readonly name?: string
  /** 'sai', or a class name; a secondary index of the built-in kind unless given. */
  readonly using?: string
  /** What of a collection is indexed; its values, or all of a frozen one, unless given. */
  readonly on?: 'values' | 'keys' | 'entries' | 'full'
  /** In CQL's spelling. */
  readonly options?: Readonly<Record<string, string | number | boolean>>
  /** How vectors are compared. */
  readonly similarity?: 'cosine' | 'dot_product' | 'euclidean'
}

/**
 * An index on a column, beside its column decorator. Several on one property are fine.
 *
 * ```ts
 * @Index() @Column('text') brand!: string
 * @Index({ on: 'keys' }) @Column('map<text, int>') stock!: Map<string, number>
 * ```
 *
 * A class that declares a column of its base anew declares its indexes anew, too. `@Index(false)` on a
 * property removes the indexes that the base has on it.
 */
export function Index(options: IndexOptions | false = {}): IndexDecorator {
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
