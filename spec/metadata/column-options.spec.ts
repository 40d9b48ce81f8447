import type { ClusteringKeyOptions, ColumnOptions, IndexOptions, KeyOptions } from '../../lib'
import type { CounterColumnOptions } from '../../lib/decorators/counter-column'
import type { DateColumnOptions } from '../../lib/decorators/date-columns'
import type { EntityOptions } from '../../lib/decorators/entity'
import type { MaterializedViewOptions } from '../../lib/decorators/materialized-view'
import type {
  InferredClusteringKeyOptions,
  InferredColumnOptions,
  InferredKeyOptions,
} from '../../lib/decorators/record-column'
import type { VersionColumnOptions } from '../../lib/decorators/version-column'
import type { ClassOptions } from '../../lib/metadata/build/class-options'
import type { OptionOf } from '../../lib/metadata/build/column-options'
import type { DeclaredIndex } from '../../lib/metadata/build/read-indexes'
import type { ColumnDecorator } from '../../lib/metadata/declaration'

/** The options of each decorator for the compiler, with `type`, which may stand among them. */
interface Typed {
  PartitionKey: keyof KeyOptions | 'type'
  ClusteringKey: keyof ClusteringKeyOptions | 'type'
  Column: keyof ColumnOptions | 'type'
  StaticColumn: keyof ColumnOptions | 'type'
  CounterColumn: keyof CounterColumnOptions
  VersionColumn: keyof VersionColumnOptions
  CreateDateColumn: keyof DateColumnOptions
  UpdateDateColumn: keyof DateColumnOptions
}

type Different<A, B> = Exclude<A, B> | Exclude<B, A>

/** Does not compile if an option is checked and has no type, or has a type and no check. */
type Differences =
  | { [D in ColumnDecorator]: Different<Typed[D], OptionOf<D>> }[ColumnDecorator]
  | Different<keyof InferredColumnOptions, keyof ColumnOptions | 'type'>
  | Different<keyof InferredKeyOptions, keyof KeyOptions | 'type'>
  | Different<keyof InferredClusteringKeyOptions, keyof ClusteringKeyOptions | 'type'>
  | Different<keyof EntityOptions, keyof ClassOptions<'Entity'>>
  // A view accepts no defaultTimeToLive; its check is the one of tables, and the refusal says why.
  | Different<
      keyof MaterializedViewOptions | 'defaultTimeToLive',
      keyof ClassOptions<'MaterializedView'>
    >
  | Different<keyof IndexOptions, Exclude<keyof DeclaredIndex, 'property'>>

const differences: readonly never[] = [] as readonly Differences[]

it('gives every option of a decorator a type and a check', () => {
  expect(differences).toEqual([])
})
