import { StatementError } from '../../../lib/errors/errors'
import { type MethodName, requireOptions } from '../../../lib/repository/options/require-options'

function refusal(method: MethodName, options: object): string {
  try {
    requireOptions('Item', method, options)
  } catch (error) {
    if (error instanceof StatementError) return error.message
    throw error
  }
  return 'was not refused'
}

const request = {
  consistency: 'one',
  serialConsistency: 'serial',
  timeout: 5,
  isIdempotent: true,
  executionProfile: 'olap',
  traceQuery: false,
}
const filter = { where: {}, token: 1n, tuple: {}, allowFiltering: true }
const find = {
  ...request,
  ...filter,
  select: [],
  distinct: true,
  groupBy: [],
  orderBy: {},
  perPartitionLimit: 1,
}
const write = { ...request, timestamp: 1n }
const value = { ttl: 1, validate: true, groups: ['a'] }
const condition = { if: {}, ifExists: true }

it.each<[MethodName, object]>([
  ['find', { ...find, limit: 1, fetchSize: 1 }],
  ['findOne', find],
  ['findSingle', find],
  ['findPage', { ...find, limit: 1, fetchSize: 1, pageState: null }],
  ['findPage of a prepared query', { pageState: 'x', fetchSize: 1 }],
  ['stream', { ...find, limit: 1, fetchSize: 1 }],
  ['prepare', { ...find, limit: 1, fetchSize: 1 }],
  [
    'scan',
    {
      ...request,
      fetchSize: 1,
      where: {},
      select: [],
      allowFiltering: true,
      concurrency: 1,
      shard: { index: 0, of: 1 },
      resume: {},
      onProgress: () => 0,
      signal: new AbortController().signal,
    },
  ],
  ['exists', { ...request, ...filter }],
  ['sum', { ...request, ...filter }],
  ['findNearest', { ...request, where: {}, select: [], limit: 1 }],
  ['query', { ...request, fetchSize: 1 }],
  ['toPlain', { groups: [] }],
  ['save', { ...write, ...value }],
  ['saveMany', { ...write, ...value, concurrency: 1 }],
  ['saveAll', { ...write, ...value, concurrency: 1, onProgress: () => 0 }],
  ['insert', { ...write, ...value, ifNotExists: true }],
  ['update', { ...write, ...value, ...condition }],
  ['delete', { ...write, ...condition, columns: [], elements: {} }],
  ['remove', { ...write, ...condition }],
  ['increment', request],
  ['delete of counters', { ...request, columns: [] }],
  ['truncate', request],
  ['batch', { ...request, logged: true, timestamp: 1n }],
  ['batch.insert', { ...value, timestamp: 1n, ifNotExists: true }],
  ['batch.update', { ...value, timestamp: 1n, ...condition }],
  ['batch.delete', { timestamp: 1n, ...condition, columns: [], elements: {} }],
  ['with', { ...request, fetchSize: 1, keyspace: 'shop' }],
])('%s takes all of its options', (method, options) => {
  expect(refusal(method, options)).toBe('was not refused')
})

it.each<[MethodName, object, string]>([
  [
    'find',
    { where: undefined },
    'where is undefined and would not filter; leave it out to read all',
  ],
  ['find', { allowFiltering: 'yes' }, 'allowFiltering must be true or false'],
  ['find', { distinct: 1 }, 'distinct must be true or false'],
  ['find', { fetchSize: 0 }, 'fetchSize must be a whole number from 1'],
  ['scan', { concurrency: 1.5 }, 'concurrency must be a whole number from 1'],
  [
    'scan',
    { shard: {} },
    'shard must be { index, of }: two whole numbers, such as { index: 0, of: 4 }',
  ],
  ['scan', { shard: { index: 4, of: 4 } }, 'shard must have an index from 0 that is below of'],
  ['scan', { resume: 'text' }, 'resume must be an object'],
  ['saveAll', { onProgress: true }, 'onProgress must be a function'],
  ['saveAll', { signal: {} }, 'signal must be an AbortSignal'],
  ['save', { validate: 'yes' }, 'validate must be true or false'],
  ['toPlain', { groups: 'admin' }, 'groups must be an array of strings'],
  ['insert', { ifNotExists: 1 }, 'ifNotExists must be true or false'],
  ['batch', { logged: 'no' }, 'logged must be true or false'],
  [
    'with',
    { keyspace: undefined },
    'keyspace must be the name of a keyspace: Cassandra takes letters, digits and _, 48 at most',
  ],
])('%s refuses %p', (method, options, message) => {
  expect(refusal(method, options)).toBe(`Item: ${message}`)
})

it.each<[MethodName, object, string]>([
  ['find', { limmit: 1 }, `find has no option 'limmit'; did you mean 'limit'?`],
  ['findOne', { limit: 1 }, `findOne has no option 'limit'`],
  [
    'saveMany',
    { ifExists: true },
    `save has no 'ifExists', since it writes whether the row exists or not; use update()`,
  ],
  [
    'batch.save',
    { if: {} },
    `save has no 'if', since it writes whether the row exists or not; use update()`,
  ],
  [
    'find',
    { offset: 3 },
    `find has no 'offset', since Cassandra cannot jump over rows; use findPage() and its pageState`,
  ],
  [
    'batch.update',
    { timeout: 1 },
    `batch.update has no 'timeout', since a batch is executed as a whole; pass it to db.batch()`,
  ],
  ['toPlain', JSON.parse('{"__proto__":{}}') as object, `toPlain has no option '__proto__'`],
])('%s does not have %p', (method, options, message) => {
  expect(refusal(method, options)).toBe(`Item: ${message}`)
})

it.each([null, 'text', 7])('options that are %p are refused', (options) => {
  expect(refusal('saveMany', options as never)).toBe('Item: the options of save must be an object')
})
