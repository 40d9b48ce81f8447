import { tracingChannel } from 'node:diagnostics_channel'
import type { ExecuteTrace } from '../../lib'

/** The texts that are sent while `run` runs. */
export async function sentBy(run: () => unknown): Promise<string[]> {
  const sent: string[] = []
  const subscribers = { start: (trace: unknown) => void sent.push((trace as ExecuteTrace).cql) }
  const channel = tracingChannel('coodie:execute')
  channel.subscribe(subscribers as never)
  try {
    await run()
  } finally {
    channel.unsubscribe(subscribers as never)
  }
  return sent
}
