import { setTimeout as sleep } from 'node:timers/promises'

/** Repeats a read or an idempotent write until it succeeds: the last fault may still be felt. */
export async function eventually<T>(call: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 90_000
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(100)
    }
  }
}
