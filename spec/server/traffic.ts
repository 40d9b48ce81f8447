import { tracingChannel } from 'node:diagnostics_channel'
import type { ExecuteTrace } from '../../lib'

/** The statements that reached the driver, from the tracing channel. */
export interface Traffic {
  /** The CQL of every statement sent since the last call, in order. */
  take(): string[]
}

/** Records statements while the specs of a file run: a request that was refused before anything was sent leaves nothing here. */
export function useTraffic(): Traffic {
  const channel = tracingChannel<'coodie:execute', ExecuteTrace>('coodie:execute')
  const sent: string[] = []
  const start = (message: unknown) => void sent.push((message as ExecuteTrace).cql)
  beforeAll(() => channel.start.subscribe(start))
  afterAll(() => channel.start.unsubscribe(start))
  return { take: () => sent.splice(0) }
}
