import { ExecutionError, SchemaError } from '../../lib'
import type { Change } from '../../lib/schema/diff/change'
import { synchronize } from '../../lib/schema/synchronize'

const change: Change = {
  kind: 'createType',
  keyspace: 'shop',
  type: 'u',
  cql: 'CREATE TYPE …',
  safety: 'safe',
  reason: 'type u does not exist in the cluster',
}

/** A session whose statements do as `execute` says. */
function session(execute: () => Promise<void>) {
  return {
    query: () => Promise.resolve([]),
    queryEachNode: () => Promise.resolve([]),
    executeSchema: execute,
  }
}

/** Plans, one after the other; the last one again and again. */
function plans(...each: readonly (readonly Change[])[]) {
  let round = 0
  return () => Promise.resolve({ changes: each[Math.min(round++, each.length - 1)] ?? [] })
}

it('gives up when another process undoes each of its changes', async () => {
  let count = 0
  const nothing = session(async () => void count++)
  await expect(synchronize(nothing, plans([change]), {})).rejects.toThrow(
    'the cluster still differs from the classes after 20 rounds; check whether another process changes the schema back',
  )
  expect(count).toBe(20)
})

it('repeats a plan when a statement fails because another process was faster', async () => {
  const taken = session(() =>
    Promise.reject(new ExecutionError('alreadyExists', 'there already', {})),
  )
  await expect(synchronize(taken, plans([change], []), {})).resolves.toEqual([])
})

it('throws the error of a statement that fails three times', async () => {
  let count = 0
  const broken = session(() => {
    count++
    return Promise.reject(new SchemaError('no agreement'))
  })
  await expect(synchronize(broken, plans([change]), {})).rejects.toThrow('no agreement')
  expect(count).toBe(3)
})

it('throws at once what no other process can have caused', async () => {
  let count = 0
  const refused = session(() => {
    count++
    return Promise.reject(new ExecutionError('unauthorized', 'not allowed', {}))
  })
  await expect(synchronize(refused, plans([change]), {})).rejects.toThrow('not allowed')
  expect(count).toBe(1)
})

it('executes nothing when any change is impossible, and says what to do', async () => {
  const untouched = session(() => Promise.reject(new Error('executed')))
  const impossible: Change = {
    kind: 'changeColumnType',
    keyspace: 'shop',
    table: 't',
    name: 'v',
    cql: '',
    safety: 'impossible',
    reason: 't.v is declared as int and is text in the cluster',
  }
  await expect(synchronize(untouched, plans([change, impossible]), {})).rejects.toThrow(
    'the cluster differs from the classes in ways that sync cannot change:\n' +
      '  shop.t\n' +
      '    - t.v is declared as int and is text in the cluster; declare the column as it is in the cluster, ' +
      'or give it another name with { name } and copy the values',
  )
})
