import type { Operation } from '../contenders/contender'

/** The cost of one operation, in microseconds. */
export interface Measured {
  /** By the clock; with several under way, the time of all divided by their number. */
  readonly wall: number
  /** The CPU time of this process, user and system. */
  readonly cpu: number
}

/**
 * Runs `count` operations from number `from` on, `width` of them under way at once. The garbage of the operations
 * is part of their cost; a full collection before them would be too: what comes after one runs two to three
 * times slower for thousands of operations.
 */
export async function measure(
  operation: Operation,
  { from, count, width }: { from: number; count: number; width: number },
): Promise<Measured> {
  const cpu = process.cpuUsage()
  const start = process.hrtime.bigint()
  if (width === 1) await oneByOne(operation, from, from + count)
  else await together(operation, from, from + count, width)
  const wall = Number(process.hrtime.bigint() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { wall: wall / count, cpu: (user + system) / count }
}

async function oneByOne(operation: Operation, from: number, to: number): Promise<void> {
  for (let index = from; index < to; index++) {
    const result = operation(index)
    // An operation without a server must not be slowed by promises.
    if (isPromise(result)) await result
  }
}

async function together(operation: Operation, from: number, to: number, width: number) {
  let next = from
  const lane = async () => {
    while (next < to) await operation(next++)
  }
  await Promise.all(Array.from({ length: width }, lane))
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}
