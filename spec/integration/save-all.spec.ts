import { Column, Entity, MassWriteError, PartitionKey } from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('int') size!: number
}

const { db } = useDataSource([Thing])
const things = db.getRepository(Thing)

beforeEach(() => things.truncate())

const thing = (id: number, size: unknown = 1) =>
  Object.assign(new Thing(), { id, size: size as number })

/** A source that tells how far it was asked ahead of what was written. */
async function* source(count: number, seen: { taken: number }, wrong: (id: number) => boolean) {
  for (let id = 0; id < count; id++) {
    seen.taken++
    await Promise.resolve()
    yield thing(id, wrong(id) ? 'x' : 1)
  }
}
const none = () => false

it('saves what an async source gives, asking for no more than there is room for', async () => {
  const seen = { taken: 0 }
  let most = 0
  const written = await things.saveAll(source(3000, seen, none), {
    concurrency: 16,
    onProgress: ({ written: soFar, failed }) => {
      expect(failed).toBe(0)
      most = Math.max(most, seen.taken - soFar)
    },
  })
  expect(written).toBe(3000)
  expect(await things.count()).toBe(3000)
  expect(most).toBeLessThanOrEqual(17)
})

it('saves what any iterable gives', async () => {
  expect(await things.saveAll(new Set([thing(1), thing(2)]))).toBe(2)
  expect(await things.saveAll([])).toBe(0)
  expect(await things.count()).toBe(2)
})

it('writes the others when some fail, and tells which', async () => {
  const saving = things.saveAll(source(500, { taken: 0 }, (id) => id % 100 === 7))
  const error = await saving.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(MassWriteError)
  expect((error as MassWriteError).failures.map(({ index }) => index)).toEqual([
    7, 107, 207, 307, 407,
  ])
  expect((error as MassWriteError).written).toBe(495)
  expect(await things.count()).toBe(495)
})

it('gives up a source of which a hundred failed', async () => {
  const seen = { taken: 0 }
  const saving = things.saveAll(
    source(100_000, seen, () => true),
    { concurrency: 8 },
  )
  const error = await saving.catch((thrown: unknown) => thrown)
  expect((error as MassWriteError).failures.length).toBeGreaterThanOrEqual(100)
  expect(seen.taken).toBeLessThan(120)
})

it('ends with what the source throws, after those under way', async () => {
  let isClosed = false
  async function* broken() {
    try {
      yield thing(1)
      yield thing(2)
      throw new Error('the file ended')
    } finally {
      isClosed = true
    }
  }
  await expect(things.saveAll(broken())).rejects.toThrow('the file ended')
  expect(isClosed).toBe(true)
  expect(await things.count()).toBe(2)
})

it('ends when its signal says so, and closes the source', async () => {
  const controller = new AbortController()
  const seen = { taken: 0 }
  let isClosed = false
  async function* closing() {
    try {
      yield* source(100_000, seen, none)
    } finally {
      isClosed = true
    }
  }
  const saving = things.saveAll(closing(), {
    signal: controller.signal,
    onProgress: ({ written }) => {
      if (written === 50) controller.abort(new Error('enough'))
    },
  })
  await expect(saving).rejects.toThrow('enough')
  expect(isClosed).toBe(true)
  expect(seen.taken).toBeLessThan(200)
})

it.each<[given: unknown, options: object, message: string]>([
  [7, {}, 'Thing: saveAll takes an iterable or an async iterable'],
  [null, {}, 'Thing: saveAll takes an iterable or an async iterable'],
  [[], { concurrency: 0 }, 'Thing: concurrency must be a whole number from 1'],
  [[], { concurency: 3 }, "Thing: saveAll has no option 'concurency'; did you mean 'concurrency'?"],
])('refuses %p with %p', async (given, options, message) => {
  await expect(things.saveAll(given as never, options as never)).rejects.toThrow(message)
})
