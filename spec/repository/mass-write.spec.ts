import { inspect } from 'node:util'
import { ExecutionError, MassWriteError } from '../../lib'
import { writeAll } from '../../lib/repository/write/mass-write'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A write whose promises are settled by hand, and how many are under way. */
function gate() {
  const waiting: (() => void)[] = []
  return {
    waiting,
    write: () => new Promise<void>((resolve) => waiting.push(resolve)),
  }
}

const turns = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

it('writes everything, and returns how many', async () => {
  const seen: number[] = []
  expect(await writeAll('T', numbers(5), { concurrency: 2 }, (n) => seen.push(n))).toBe(5)
  expect(seen).toEqual(numbers(5))
  expect(await writeAll('T', [], { concurrency: 2 }, () => undefined)).toBe(0)
})

it('has as many writes under way as it may, and asks the source for no more', async () => {
  let asked = 0
  function* source() {
    for (const n of numbers(10)) {
      asked++
      yield n
    }
  }
  const { waiting, write } = gate()
  const all = writeAll('T', source(), { concurrency: 3 }, write)
  await turns()
  expect([waiting.length, asked]).toEqual([3, 3])
  waiting[1]?.()
  await turns()
  expect([waiting.length, asked]).toEqual([4, 4])
  for (let i = 0; i < 10; i++) {
    waiting.forEach((resolve) => resolve())
    await turns()
  }
  waiting.forEach((resolve) => resolve())
  expect(await all).toBe(10)
})

it('asks an asynchronous source once at a time', async () => {
  let isAsked = false
  const source = {
    left: 5,
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      expect(isAsked).toBe(false)
      isAsked = true
      await turns()
      isAsked = false
      return { done: this.left-- === 0, value: this.left }
    },
  }
  expect(await writeAll('T', source as never, { concurrency: 4 }, turns)).toBe(5)
})

it('finishes the others when some fail, and tells which', async () => {
  const progress: unknown[] = []
  const failing = writeAll(
    'T',
    numbers(4),
    { concurrency: 2, onProgress: (each) => progress.push(each) },
    async (n) => {
      if (n % 2 === 1) throw new Error(`no ${n}`)
      await turns()
    },
  )
  const error = await failing.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(MassWriteError)
  expect(error).toMatchObject({
    written: 2,
    through: 4,
    failures: [
      { index: 1, entity: 1, cause: new Error('no 1') },
      { index: 3, entity: 3, cause: new Error('no 3') },
    ],
  })
  expect(progress).toHaveLength(4)
  expect(progress.at(-1)).toEqual({ written: 2, failed: 2, through: 4 })
})

it('says which may have been written', () => {
  const lost = new ExecutionError('connection', 'the connection was lost', {
    mayBeExecuted: true,
  })
  const failures = [lost, new Error('no')].map((cause, index) => ({ index, entity: index, cause }))
  expect(new MassWriteError('Item', failures, 3, 5).message).toBe(
    '2 of 5 Item failed; the first, at index 0: the connection was lost; 1 of the 2 got no answer and may have been written',
  )
})

it('does not print the entities of its failures', async () => {
  const failing = writeAll('T', [{ secret: 'x' }], { concurrency: 1 }, () => {
    throw new Error('no')
  })
  const error = (await failing.catch((thrown: unknown) => thrown)) as MassWriteError
  expect(error.failures[0]?.entity).toEqual({ secret: 'x' })
  expect(inspect(error, { depth: 5 })).not.toContain('secret')
  expect(JSON.stringify(error)).not.toContain('secret')
})

it('ends before its source after so many failures', async () => {
  let asked = 0
  function* source() {
    for (;;) yield asked++
  }
  const failing = writeAll('T', source(), { concurrency: 1, maxFailures: 3 }, () => {
    throw new Error('no')
  })
  await expect(failing).rejects.toMatchObject({ written: 0, failures: { length: 3 } })
  expect(asked).toBe(3)
})

it('throws what the source throws after what is under way, and closes the source', async () => {
  let isClosed = false
  const finished: number[] = []
  function* source() {
    try {
      yield 1
      yield 2
    } finally {
      isClosed = true
    }
  }
  const controller = new AbortController()
  const aborted = writeAll(
    'T',
    source(),
    { concurrency: 1, signal: controller.signal },
    async (n) => {
      controller.abort(new Error('enough'))
      await turns()
      finished.push(n)
    },
  )
  await expect(aborted).rejects.toThrow('enough')
  expect([finished, isClosed]).toEqual([[1], true])
  function* broken() {
    yield 1
    throw new Error('broken')
  }
  await expect(writeAll('T', broken(), { concurrency: 2 }, turns)).rejects.toThrow('broken')
})

it('has no more workers than entities, whatever it may have', async () => {
  const started = performance.now()
  expect(await writeAll('T', [1], { concurrency: 50_000_000 }, () => undefined)).toBe(1)
  expect(performance.now() - started).toBeLessThan(1000)
})

describe('a signal', () => {
  it('ends the wait for a source that is stalled', async () => {
    const controller = new AbortController()
    async function* stalled() {
      yield 1
      await new Promise(() => undefined)
    }
    const written: number[] = []
    const all = writeAll('T', stalled(), { concurrency: 3, signal: controller.signal }, (n) =>
      written.push(n),
    )
    await turns()
    controller.abort(new Error('enough'))
    await expect(all).rejects.toThrow('enough')
    expect(written).toEqual([1])
  })

  it('does not wait for writes that get no answer', async () => {
    const controller = new AbortController()
    const all = writeAll('T', numbers(5), { concurrency: 2, signal: controller.signal }, () => {
      controller.abort(new Error('enough'))
      return new Promise(() => undefined)
    })
    await expect(all).rejects.toThrow('enough')
  })

  it('lets the writes under way finish', async () => {
    const controller = new AbortController()
    const { waiting, write } = gate()
    const all = writeAll('T', numbers(5), { concurrency: 2, signal: controller.signal }, write)
    await turns()
    controller.abort(new Error('enough'))
    let isOver = false
    const over = all.catch(() => {
      isOver = true
    })
    await turns()
    expect([waiting.length, isOver]).toEqual([2, false])
    waiting.forEach((resolve) => resolve())
    await over
    expect(isOver).toBe(true)
  })
})

it('tells through which entity everything is settled, in whatever order they are', async () => {
  const settle: ((error?: Error) => void)[] = []
  const progress: number[] = []
  const all = writeAll(
    'T',
    numbers(5),
    { concurrency: 5, onProgress: ({ through }) => progress.push(through) },
    () =>
      new Promise<void>((resolve, reject) => {
        settle.push((error) => (error === undefined ? resolve() : reject(error)))
      }),
  )
  await turns()
  for (const [index, error] of [[2], [0], [4], [1, new Error('no')], [3]] as const) {
    settle[index]?.(error)
    await turns()
  }
  await expect(all).rejects.toMatchObject({ written: 4, through: 5 })
  expect(progress).toEqual([0, 1, 1, 3, 5])
})

it('resumes a save that was aborted, without a gap', async () => {
  const controller = new AbortController()
  const written = new Set<number>()
  let last = 0
  const saving = writeAll(
    'T',
    numbers(100),
    {
      concurrency: 7,
      signal: controller.signal,
      onProgress({ through, written: soFar }) {
        last = through
        if (soFar === 30) controller.abort(new Error('enough'))
      },
    },
    async (n) => {
      for (let i = 0; i < (n * 7) % 11; i++) await Promise.resolve()
      written.add(n)
    },
  )
  await expect(saving).rejects.toThrow('enough')
  expect(numbers(last).every((n) => written.has(n))).toBe(true)
  expect(last).toBeGreaterThan(10)
  expect(last).toBeLessThan(100)
  await writeAll('T', numbers(100).slice(last), { concurrency: 7 }, (n) => written.add(n))
  expect(written.size).toBe(100)
})
