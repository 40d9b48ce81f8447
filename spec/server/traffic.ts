import { tracingChannel } from 'node:diagnostics_channel'
import type { ExecuteTrace } from '../../lib'

/** What reached the driver since the last look, from the tracing channel. */
export interface Traffic {
  /** The CQL of every statement sent since the last call, in order. */
  take(): string[]
}

/** Listens while the specs of a file run: what was refused before anything was sent left nothing here. */
export function useTraffic(): Traffic {
  const channel = tracingChannel<'coodie:execute', ExecuteTrace>('coodie:execute')
  const sent: string[] = []
  const start = (message: unknown) => void sent.push((message as ExecuteTrace).cql)
  beforeAll(() => channel.start.subscribe(start))
  afterAll(() => channel.start.unsubscribe(start))
  return { take: () => sent.splice(0) }
}
