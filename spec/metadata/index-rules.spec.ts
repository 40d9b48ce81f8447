import {
  Column,
  type Duration,
  Entity,
  Field,
  Index,
  type IndexOptions,
  PartitionKey,
  UserDefinedType,
  frozen,
  list,
} from '../../lib'
import { problemsOf } from './problems-of'

@UserDefinedType('inner')
class Inner {
  @Field('int') a?: number | null
}

@UserDefinedType('timed')
class Timed {
  @Field('duration') a?: Duration | null
}

const column = Column as unknown as (type: unknown) => (prototype: object, property: string) => void

function problemsWith(type: unknown, ...indexes: readonly IndexOptions[]): readonly string[] {
  class Bad {
    declare id: number
  }
  PartitionKey('int')(Bad.prototype, 'id')
  column(type)(Bad.prototype, 'a')
  for (const options of indexes) Index(options)(Bad.prototype, 'a')
  Entity('bad')(Bad)
  return problemsOf(Bad)
}

const sai = { using: 'sai' } as const
const noDuration = 'holds a duration, which has no order and cannot be indexed; leave @Index() out'
const noBlob = `is a blob, which a storage-attached index does not take; leave using: 'sai' out`
const noVector = 'is a vector, and a storage-attached index takes only vectors of float'
const noOptions = `has options, which the built-in index does not take; add using: 'sai', or leave them out`
const noClass = `has an index of an unknown class; write using: 'sai', or the full name of a class`
const noCosine = `is a vector of one dimension, which has no cosine; write similarity: 'euclidean' or 'dot_product'`
const noSimilarity = `has an unknown similarity_function; write similarity: 'cosine', 'dot_product' or 'euclidean'`

// Each was tried on Cassandra 5.0.6, which refuses it.
it.each<[type: unknown, options: IndexOptions, message: string]>([
  ['duration', {}, noDuration],
  ['duration', sai, noDuration],
  ['list<duration>', {}, noDuration],
  ['tuple<int, duration>', {}, noDuration],
  [frozen(() => Timed), {}, noDuration],
  [list(frozen(() => Timed)), sai, noDuration],
  ['map<text, duration>', { on: 'keys' }, noDuration],
  [
    () => Inner,
    {},
    'is a user-defined type, which must be frozen to be indexed; write frozen(() => …)',
  ],
  ['blob', sai, noBlob],
  ['list<blob>', sai, noBlob],
  ['map<text, blob>', { ...sai, on: 'entries' }, noBlob],
  ['map<blob, text>', { ...sai, on: 'keys' }, noBlob],
  ['vector<text, 2>', sai, noVector],
  ['vector<double, 2>', sai, noVector],
  ['vector<float, 1>', sai, noCosine],
  ['vector<float, 2>', { ...sai, options: { similarity_function: 'cosin' } }, noSimilarity],
  ['vector<float, 2>', { similarity: 'cosine' }, noOptions],
  ['int', { options: { foo: 'x' } }, noOptions],
  ['int', { using: 'saii' }, noClass],
  ['int', { using: 'SASIIndex' }, noClass],
])('refuses an index on %j with %j', (type, options, message) => {
  expect(problemsWith(type, options)).toEqual([`Bad.a: ${message}`])
})

// Each was tried on Cassandra 5.0.6, which takes it.
it.each<[type: unknown, options: IndexOptions]>([
  ['blob', {}],
  ['list<blob>', {}],
  ['frozen<list<blob>>', sai],
  ['map<text, blob>', { ...sai, on: 'keys' }],
  ['map<blob, text>', { ...sai, on: 'values' }],
  ['tuple<blob>', sai],
  [frozen(() => Inner), sai],
  [list(frozen(() => Inner)), {}],
  ['vector<text, 2>', {}],
  ['vector<duration, 2>', {}],
  ['vector<float, 2>', sai],
  ['vector<float, 1>', { ...sai, similarity: 'euclidean' }],
  ['vector<float, 2>', { ...sai, options: { similarity_function: 'DOT_PRODUCT' } }],
  ['int', { using: 'StorageAttachedIndex' }],
  ['int', { using: 'legacy_local_table' }],
  ['text', { using: 'org.apache.cassandra.index.sasi.SASIIndex', options: { mode: 'CONTAINS' } }],
])('takes an index on %j with %j', (type, options) => {
  expect(problemsWith(type, options)).toEqual([])
})

it('refuses an index on a partition key of one column, and takes one on a part of the key', () => {
  @Entity()
  class Whole {
    @Index() @PartitionKey('int') a!: number
  }
  expect(problemsOf(Whole)).toEqual([
    'Whole.a: is the whole partition key, which needs no index; leave @Index() out',
  ])
  @Entity()
  class Part {
    @Index() @PartitionKey('int') a!: number
    @PartitionKey('int') b!: number
  }
  expect(problemsOf(Part)).toEqual([])
})

it('refuses one index twice, under two names too', () => {
  expect(problemsWith('int', { name: 'x' }, { name: 'y' })).toEqual([
    'Bad.a: has the same index twice; keep one @Index()',
  ])
  expect(problemsWith('int', {}, sai)).toEqual([])
})
