import { add, suite } from 'benny'
import type { Operation } from '../contenders/contender'

/** The wall time of an operation without a server, in microseconds: the median of Benny's samples. */
export async function micro(operation: Operation, seconds: number): Promise<number> {
  let index = 0
  const isAsync = operation(index++) instanceof Promise
  const run = isAsync
    ? async () => {
        await operation(index++)
      }
    : () => void operation(index++)
  const { results } = await quietly(() =>
    suite('micro', add('operation', run, { minSamples: 5, maxTime: seconds, minTime: 0.02 })),
  )
  const [result] = results
  if (result === undefined) throw new Error('Benny has measured nothing')
  return result.details.median * 1e6
}

/** Benny says what it does; the run has a table of its own. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console
  console.log = () => {}
  try {
    return await work()
  } finally {
    console.log = log
  }
}
