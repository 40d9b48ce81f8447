import { executeOptionNames } from '../../driver/execute-options'
import { StatementError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'

const execute = executeOptionNames.filter((name) => name !== 'fetchSize')
const count = [...execute, 'where', 'token', 'tuple', 'allowFiltering']
const findOne = [...count, 'select', 'distinct', 'groupBy', 'orderBy', 'perPartitionLimit']
const find = [...findOne, 'limit', 'fetchSize']
const write = [...execute, 'ttl', 'timestamp']
const validation = ['validate', 'groups']
const condition = ['if', 'ifExists']

/** Which options a method takes. */
const optionsOf = {
  find,
  findOne,
  findSingle: findOne,
  findPage: [...find, 'pageState'],
  stream: find,
  prepare: find,
  scan: [
    ...execute,
    'fetchSize',
    'where',
    'select',
    'allowFiltering',
    'concurrency',
    'shard',
    'resume',
    'onProgress',
    'signal',
  ],
  exists: count,
  count,
  sum: count,
  average: count,
  minimum: count,
  maximum: count,
  findNearest: [...execute, 'where', 'select', 'limit'],
  query: [...execute, 'fetchSize'],
  toPlain: ['groups'],
  fromPlain: ['groups'],
  save: [...write, ...validation],
  saveMany: [...write, ...validation, 'concurrency'],
  saveAll: [...write, ...validation, 'concurrency', 'onProgress', 'signal'],
  insert: [...write, ...validation, 'ifNotExists'],
  update: [...write, ...validation, ...condition],
  delete: [...execute, ...condition, 'timestamp', 'columns', 'elements'],
  remove: [...execute, ...condition, 'timestamp'],
  increment: execute,
  decrement: execute,
  'delete of counters': [...execute, 'columns'],
  'remove of counters': execute,
  truncate: execute,
  batch: [...execute, 'logged', 'timestamp'],
  'batch.insert': ['ttl', 'timestamp', 'ifNotExists', ...validation],
  'batch.save': ['ttl', 'timestamp', ...validation],
  'batch.update': ['ttl', 'timestamp', ...validation, ...condition],
  'batch.delete': ['timestamp', 'columns', 'elements', ...condition],
  'batch.remove': ['timestamp', ...condition],
  with: [...execute, 'fetchSize', 'keyspace'],
} as const satisfies Record<string, readonly string[]>

export type MethodName = keyof typeof optionsOf

/** What to call in place of a save with a condition. */
const conditional: ReadonlyMap<string, string> = new Map([
  ['ifNotExists', 'insert'],
  ['ifExists', 'update'],
  ['if', 'update'],
])

/** Refuses options that the method does not have: nothing that is asked for may be dropped. */
export function requireOptions(entity: string, method: MethodName, options: object): void {
  const name = method === 'saveMany' ? 'save' : method
  if (typeof options !== 'object' || options === null) {
    throw new StatementError(`${entity}: the options of ${name} must be an object`)
  }
  const known: readonly string[] = optionsOf[method]
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    if (option === 'skip' || option === 'offset') {
      throw new StatementError(
        `${entity}: ${name} has no '${option}', since Cassandra cannot jump over rows; ` +
          'use findPage() and its pageState',
      )
    }
    if (name.startsWith('batch.') && execute.includes(option as never)) {
      throw new StatementError(
        `${entity}: ${name} has no '${option}', since a batch is executed as a whole; give it to db.batch()`,
      )
    }
    const isSave = name === 'save' || name === 'batch.save'
    const other = isSave ? conditional.get(option) : undefined
    if (other !== undefined) {
      throw new StatementError(
        `${entity}: save has no '${option}', since it writes whatever is stored; use ${other}()`,
      )
    }
    throw new StatementError(
      `${entity}: ${name} has no option '${option}'${didYouMean(option, known)}`,
    )
  }
}
