import { isKeyspaceName, keyspaceNameRule } from '../../cql/keyspace-name'
import { executeOptionChecks } from '../../driver/execute-options'
import {
  type OptionCheck,
  type OptionTable,
  boolean,
  callback,
  isObject,
  neverUndefined,
  object,
  signal,
  texts,
  wholeFrom,
} from '../../errors/option-checks'
import type { BatchOptions } from './batch-options'
import type { FindPageOptions, NearestOptions, QueryOptions } from './find-options'
import type { RepositoryDefaults } from './repository-defaults'
import type {
  CounterDeleteOptions,
  DeleteIfOptions,
  DeleteOptions,
  InsertOptions,
  SaveAllOptions,
  UpdateOptions,
} from './write-options'
import type { PlainOptions } from './plain-options'
import type { ScanOptions } from './scan-options'

const aggregates = ['sum', 'average', 'minimum', 'maximum'] as const
const counts = ['exists', 'count', ...aggregates] as const
const finds = ['findOne', 'findSingle', 'find', 'findPage', 'stream', 'prepare'] as const
const severalRows = ['find', 'findPage', 'stream', 'prepare'] as const
const saves = ['save', 'saveMany', 'saveAll'] as const
const counters = ['increment', 'decrement', 'delete of counters', 'remove of counters'] as const
const batched = [
  'batch.insert',
  'batch.save',
  'batch.update',
  'batch.delete',
  'batch.remove',
] as const
const plain = ['toPlain', 'fromPlain'] as const
const preparedPages = ['findPage of a prepared query'] as const

const reads = [...finds, ...counts, 'findNearest', 'scan'] as const
const writes = [...saves, 'insert', 'update', 'delete', 'remove'] as const
const queries = ['query', 'db.query'] as const
/** The calls that are requests of their own, and `with`, which speaks for them. */
const requests = [
  ...reads,
  ...writes,
  ...counters,
  ...queries,
  'truncate',
  'batch',
  'with',
] as const
const validated = [
  ...saves,
  'insert',
  'update',
  'batch.insert',
  'batch.save',
  'batch.update',
] as const
const conditional = [
  'update',
  'delete',
  'remove',
  'batch.update',
  'batch.delete',
  'batch.remove',
] as const

/** A method as messages name it, or two methods of one name told apart. */
export type MethodName = (
  typeof requests | typeof batched | typeof plain | typeof preparedPages
)[number]

/** An option: the methods that have it, and what its value must be unless it is bound as values are. */
interface Row {
  readonly of: readonly MethodName[]
  readonly check?: OptionCheck
}

/** The keys of each of several types: an intersection of types that contradict each other would have every key. */
type KeysOf<Options> = Options extends unknown ? keyof Options : never

type OptionName = KeysOf<
  | FindPageOptions<object>
  | QueryOptions
  | NearestOptions<object>
  | ScanOptions<object>
  | PlainOptions
  | SaveAllOptions
  | InsertOptions
  | UpdateOptions
  | BatchOptions
  | RepositoryDefaults
  | DeleteOptions<object>
  | DeleteIfOptions<object>
  | CounterDeleteOptions<object>
>

const whole = wholeFrom(1)

const keyspace = neverUndefined((value) =>
  isKeyspaceName(value) ? undefined : `must be ${keyspaceNameRule}`,
)

const where = neverUndefined((value) =>
  value === undefined ? 'is undefined and would not filter; leave it out to read all' : undefined,
)

const condition = neverUndefined((value) =>
  value === undefined
    ? 'is undefined and would be no condition; leave it out to write without one'
    : undefined,
)

function shard(value: unknown): string | undefined {
  const { index, of } = isObject(value) ? value : {}
  if (!Number.isInteger(index) || !Number.isInteger(of)) {
    return 'must be { index, of }: two whole numbers, such as { index: 0, of: 4 }'
  }
  return Number(index) >= 0 && Number(index) < Number(of)
    ? undefined
    : 'must have an index from 0 that is below of'
}

/**
 * Every option of the methods of repositories and batches. A new option is one row; a row is missing as long as the
 * types of options have a name that stands here under no key.
 */
const rows: Readonly<Record<Exclude<OptionName, 'skip'>, Row>> = {
  consistency: { of: requests, check: executeOptionChecks.consistency },
  serialConsistency: { of: requests, check: executeOptionChecks.serialConsistency },
  timeout: { of: requests, check: executeOptionChecks.timeout },
  isIdempotent: { of: requests, check: executeOptionChecks.isIdempotent },
  executionProfile: { of: requests, check: executeOptionChecks.executionProfile },
  traceQuery: { of: requests, check: executeOptionChecks.traceQuery },
  fetchSize: {
    of: [...severalRows, ...preparedPages, 'scan', ...queries, 'with'],
    check: executeOptionChecks.fetchSize,
  },
  keyspace: { of: ['with'], check: keyspace },
  partial: { of: ['query'], check: boolean },

  where: { of: reads, check: where },
  token: { of: [...finds, ...counts] },
  tuple: { of: [...finds, ...counts] },
  allowFiltering: { of: [...finds, ...counts, 'scan'], check: boolean },
  select: { of: [...finds, 'scan', 'findNearest'] },
  distinct: { of: finds, check: boolean },
  groupBy: { of: finds },
  orderBy: { of: finds },
  perPartitionLimit: { of: finds },
  limit: { of: [...severalRows, 'findNearest'] },
  pageState: { of: ['findPage', ...preparedPages] },
  shard: { of: ['scan'], check: shard },
  resume: { of: ['scan'], check: object },

  concurrency: { of: ['saveMany', 'saveAll', 'scan'], check: whole },
  onProgress: { of: ['saveAll', 'scan'], check: callback },
  signal: { of: ['saveAll', 'scan'], check: signal },

  ttl: { of: [...saves, 'insert', 'update', 'batch.insert', 'batch.save', 'batch.update'] },
  timestamp: { of: [...writes, ...batched, 'batch'] },
  validate: { of: validated, check: boolean },
  groups: { of: [...validated, ...plain], check: texts },
  ifNotExists: { of: ['insert', 'batch.insert'], check: boolean },
  ifExists: { of: conditional, check: boolean },
  if: { of: conditional, check: condition },
  columns: { of: ['delete', 'batch.delete', 'delete of counters'] },
  elements: { of: ['delete', 'batch.delete'] },
  logged: { of: ['batch'], check: boolean },
}

/** The options of each method, with their checks. */
export const optionsOf: ReadonlyMap<MethodName, OptionTable> = new Map(
  [...requests, ...batched, ...plain, ...preparedPages].map((method) => [
    method,
    new Map(
      Object.entries(rows)
        .filter(([, row]) => row.of.includes(method))
        .map(([option, row]) => [option, row.check]),
    ),
  ]),
)

/** The options of a request, which a statement of a batch does not have. */
export const requestOptions: ReadonlySet<string> = new Set(Object.keys(executeOptionChecks))
