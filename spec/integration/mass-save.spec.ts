import { tracingChannel } from 'node:diagnostics_channel'
import { Column, Entity, MassWriteError, PartitionKey, StatementError, ValueError } from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { useTraffic } from '../server/traffic'

@Entity('items')
class Item {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

const { db, keyspace } = useDataSource([Item])
const items = db.getRepository(Item)
const traffic = useTraffic()

beforeEach(() => void traffic.take())

/** The most executions that were under way at once while `run` ran. */
async function mostInFlight(run: () => Promise<unknown>): Promise<number> {
  const channel = tracingChannel('coodie:execute')
  let inFlight = 0
  let most = 0
  const start = () => void (most = Math.max(most, ++inFlight))
  const end = () => void inFlight--
  channel.start.subscribe(start)
  channel.asyncEnd.subscribe(end)
  try {
    await run()
  } finally {
    channel.start.unsubscribe(start)
    channel.asyncEnd.unsubscribe(end)
  }
  return most
}

it('writes 10,005 entities, 32 at a time, with one statement', async () => {
  const many = Array.from({ length: 10_005 }, (_, id) => items.create({ id, name: `item ${id}` }))
  const most = await mostInFlight(async () => {
    expect(await items.save(many)).toBe(many)
  })
  expect(most).toBe(32)
  const sent = traffic.take()
  expect(sent.length).toBe(10_005)
  expect(new Set(sent).size).toBe(1)
  expect(await items.count()).toBe(10_005)
  const found = await items.find()
  expect(new Set(found.map(({ id, name }) => `${id} ${name}`)).size).toBe(10_005)
})

it.each([1, 7, 1000])('has %p statements under way at most when told so', async (concurrency) => {
  const some = Array.from({ length: 200 }, (_, id) => items.create({ id }))
  expect(await mostInFlight(() => items.save(some, { concurrency }))).toBe(
    Math.min(concurrency, 200),
  )
})

it('writes the others when some cannot be written, and tells which', async () => {
  await items.truncate()
  const broken = new Set([0, 3, 50, 99])
  const some = Array.from({ length: 100 }, (_, id) =>
    items.create(broken.has(id) ? ({ id, name: id } as never) : { id, name: 'x' }),
  )
  const error = await failure(() => items.save(some))
  expect(error).toBeInstanceOf(MassWriteError)
  const { failures, written } = error as MassWriteError
  expect(written).toBe(96)
  expect(failures.map(({ index }) => index)).toEqual([0, 3, 50, 99])
  for (const { index, entity, cause } of failures) {
    expect(entity).toBe(some[index])
    expect(cause).toBeInstanceOf(ValueError)
  }
  expect(error.message).toBe(
    '4 of 100 Item failed; the first, at index 0: Item.name: needs a string; got a number',
  )
  expect(error.cause).toBe(failures[0]?.cause)
  expect(await items.count()).toBe(96)
})

it('tells of failures on the server in the same way', async () => {
  const elsewhere = items.with({ keyspace: 'coodie_absent' })
  const error = await failure(() => elsewhere.save([items.create({ id: 1 })]))
  expect(error).toBeInstanceOf(MassWriteError)
  expect((error as MassWriteError).failures).toMatchObject([
    { index: 0, cause: { code: 'EXECUTION', kind: 'invalid' } },
  ])
})

it('tells of elements that are no entities', async () => {
  const some = [items.create({ id: 1 }), null, 'x', { id: 2, nmae: 'x' }, { id: 3 }]
  const error = await failure(() => items.save(some as unknown as Item[]))
  expect((error as MassWriteError).failures.map(({ index }) => index)).toEqual([1, 2, 3])
  expect((error as MassWriteError).written).toBe(2)
})

it('does nothing for an empty array', async () => {
  expect(await items.save([])).toEqual([])
  expect(traffic.take()).toEqual([])
})

it.each([0, -1, 1.5, Number.NaN, Infinity, '32', null])(
  'refuses the concurrency %p',
  async (concurrency) => {
    const error = await failure(() =>
      items.save([items.create({ id: 1 })], { concurrency } as never),
    )
    expect(error).toBeInstanceOf(StatementError)
    expect(error.message).toBe('Item: concurrency must be a whole number from 1')
    expect(traffic.take()).toEqual([])
  },
)

it('refuses options that it does not have, and concurrency for one entity', async () => {
  const one = items.create({ id: 1 })
  const misspelt = await failure(() => items.save([one], { concurency: 1 } as never))
  expect(misspelt.message).toBe(
    `Item: save has no option 'concurency'; did you mean 'concurrency'?`,
  )
  const single = await failure(() => items.save(one, { concurrency: 1 } as never))
  expect(single.message).toMatch(/^Item: save has no option 'concurrency'/u)
  expect(traffic.take()).toEqual([])
})

it('gives its options to every statement', async () => {
  const ids = [20_001, 20_002]
  await items.save(
    ids.map((id) => items.create({ id, name: 'x' })),
    { ttl: 1000, timestamp: 5n, concurrency: 2 },
  )
  const { rows } = await keyspace.client.execute(
    `SELECT ttl(name) AS ttl, writetime(name) AS at FROM ${keyspace.name}.items WHERE id IN (20001, 20002)`,
  )
  expect(rows.map((row) => [Number(row['ttl']) > 900, String(row['at'])])).toEqual([
    [true, '5'],
    [true, '5'],
  ])
})
