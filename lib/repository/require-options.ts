import { executeOptionNames } from '../driver/execute-options'
import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/nearest'

const execute = executeOptionNames.filter((name) => name !== 'fetchSize')
const count = [...execute, 'where', 'allowFiltering']
const findOne = [...count, 'select', 'orderBy', 'perPartitionLimit']
const find = [...findOne, 'limit', 'fetchSize']
const write = [...execute, 'ttl', 'timestamp']
const condition = ['if', 'ifExists']

/** Which options a method takes. */
const optionsOf = {
  find,
  findOne,
  findSingle: findOne,
  findPage: [...find, 'pageState'],
  stream: find,
  exists: count,
  count,
  save: write,
  saveMany: [...write, 'concurrency'],
  insert: [...write, 'ifNotExists'],
  update: [...write, ...condition],
  delete: [...execute, ...condition, 'timestamp', 'columns'],
  remove: [...execute, ...condition, 'timestamp'],
  truncate: execute,
  batch: [...execute, 'logged', 'timestamp'],
  'batch.insert': ['ttl', 'timestamp', 'ifNotExists'],
  'batch.save': ['ttl', 'timestamp'],
  'batch.update': ['ttl', 'timestamp', ...condition],
  'batch.delete': ['timestamp', 'columns', ...condition],
  'batch.remove': ['timestamp', ...condition],
  with: [...execute, 'fetchSize', 'keyspace'],
} as const satisfies Record<string, readonly string[]>

/** Refuses options that the method does not have: nothing that is asked for may be dropped. */
export function requireOptions(
  entity: string,
  method: keyof typeof optionsOf,
  options: object,
): void {
  const known: readonly string[] = optionsOf[method]
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    if (name === 'skip' || name === 'offset') {
      throw new StatementError(
        `${entity}: ${method} has no '${name}', since Cassandra cannot jump over rows; ` +
          'use findPage() and its pageState',
      )
    }
    if (method.startsWith('batch.') && execute.includes(name as never)) {
      throw new StatementError(
        `${entity}: ${method} has no '${name}', since a batch is executed as a whole; give it to db.batch()`,
      )
    }
    if (method === 'save' || method === 'saveMany' || method === 'batch.save') {
      const other = { ifNotExists: 'insert', ifExists: 'update', if: 'update' }[name]
      if (other !== undefined) {
        throw new StatementError(
          `${entity}: save has no '${name}', since it writes whatever is stored; use ${other}()`,
        )
      }
    }
    throw new StatementError(
      `${entity}: ${method} has no option '${name}'${didYouMean(name, known)}`,
    )
  }
}
