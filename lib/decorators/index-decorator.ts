import type { IndexDeclaration } from '../metadata/declaration'
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

const optionNames: ReadonlySet<string> = new Set([
  'name',
  'using',
  'on',
  'options',
  'similarity',
] satisfies (keyof IndexOptions)[])

/**
 * An index on a column, beside its column decorator. Several on one property are fine.
 *
 * ```ts
 * @Index() @Column('text') brand!: string
 * @Index({ on: 'keys' }) @Column('map<text, int>') stock!: Map<string, number>
 * ```
 */
export function Index(options: IndexOptions = {}): IndexDecorator {
  return (...args: PropertyArguments) => {
    const { declarations, property } = placementOf(args)
    declarations.indexes.push({
      property,
      name: options.name,
      using: options.using,
      on: options.on,
      options: options.options,
      similarity: options.similarity,
      unknownOptions: Object.keys(options).filter((name) => !optionNames.has(name)),
    } satisfies IndexDeclaration)
  }
}

/** A decorator of properties, legacy or TC39. */
export type IndexDecorator = (
  target: object | undefined,
  property: PropertyKey | ClassFieldDecoratorContext,
) => void
