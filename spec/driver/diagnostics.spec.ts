import { tracingChannel } from 'node:diagnostics_channel'
import { type ExecuteTrace, isTraced, traced } from '../../lib/driver/observe/diagnostics'

const channel = tracingChannel<'coodie:execute', ExecuteTrace>('coodie:execute')
const events = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const

/** Subscribes for the time of `run`, and gives what was published. */
async function published(run: () => Promise<unknown>): Promise<[string, ExecuteTrace][]> {
  const seen: [string, ExecuteTrace][] = []
  const on = (name: string) => (message: unknown) =>
    void seen.push([name, { ...(message as ExecuteTrace) }])
  const subscribers = Object.fromEntries(events.map((name) => [name, on(name)])) as {
    [name in (typeof events)[number]]: (message: ExecuteTrace) => void
  }
  channel.subscribe(subscribers)
  try {
    await run()
  } finally {
    channel.unsubscribe(subscribers)
  }
  return seen
}

describe('the tracing channel coodie:execute', () => {
  it.each(events)('is worth measuring for a subscriber of %p alone', (name) => {
    const subscriber = () => undefined
    expect(isTraced()).toBe(false)
    channel[name].subscribe(subscriber)
    expect(isTraced()).toBe(true)
    channel[name].unsubscribe(subscriber)
    expect(isTraced()).toBe(false)
  })

  it('tells the start and the end, without what was read', async () => {
    const trace: ExecuteTrace = { cql: 'SELECT 1', entity: 'Product' }
    const seen = await published(async () => {
      const answer = await traced(trace, async () => {
        trace.rows = 1
        trace.duration = 2
        return { rows: ['secret'] }
      })
      expect(answer).toEqual({ rows: ['secret'] })
    })
    expect(seen.map(([name]) => name)).toEqual(['start', 'end', 'asyncStart', 'asyncEnd'])
    expect(seen.at(-1)?.[1]).toEqual({
      cql: 'SELECT 1',
      entity: 'Product',
      rows: 1,
      duration: 2,
      result: undefined,
    })
    expect(JSON.stringify(seen)).not.toContain('secret')
  })

  it('tells what failed, and lets it fail', async () => {
    const error = new Error('no')
    const trace: ExecuteTrace = { cql: 'SELECT 1', entity: undefined }
    const seen = await published(() =>
      expect(traced(trace, () => Promise.reject(error))).rejects.toBe(error),
    )
    expect(seen.map(([name]) => name)).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd'])
    expect(seen.find(([name]) => name === 'error')?.[1]).toMatchObject({ cql: 'SELECT 1', error })
  })
})
