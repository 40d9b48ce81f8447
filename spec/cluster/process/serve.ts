import { once } from 'node:events'
import type { FromProgram, ToProgram } from './messages'

/** The spec, as a program sees it. */
export interface Spec {
  /** Tells the spec that the load begins. */
  ready(): void
  /** Asks the spec for something and waits until it is done. */
  ask(what: string): Promise<void>
  /** Aborted when the spec wants the load to end. */
  readonly stopped: AbortSignal
}

/** The work of a process: resolves with its report after its data sources were destroyed. */
export type Program<S, R> = (settings: S, spec: Spec) => Promise<R>

/** Runs a program with the settings that the parent process sends, sends the report and lets go of the parent. */
export function serve<S, R>(program: Program<S, R>): void {
  const stop = new AbortController()
  const answers: (() => void)[] = []
  const send = (message: FromProgram<R>) => process.send?.(message)
  const spec: Spec = {
    ready: () => send({ kind: 'ready' }),
    ask: (what) =>
      new Promise((resolve) => {
        answers.push(resolve)
        send({ kind: 'ask', what })
      }),
    stopped: stop.signal,
  }
  process.on('message', (message: ToProgram<S>) => {
    if (message.kind === 'stop') stop.abort()
    else if (message.kind === 'answer') answers.shift()?.()
    else void run(message.settings)
  })
  const onLost = () => process.exit(1)
  process.once('disconnect', onLost)
  const run = async (settings: S) => {
    const report = await program(settings, spec)
    send({ kind: 'done', report })
    process.off('disconnect', onLost)
    process.disconnect()
  }
}

/** Resolves when the spec wants the load to end, at the latest after `seconds`. */
export async function loadEnds({ stopped }: Spec, seconds: number): Promise<void> {
  if (stopped.aborted) return
  await once(AbortSignal.any([stopped, AbortSignal.timeout(seconds * 1000)]), 'abort')
}
