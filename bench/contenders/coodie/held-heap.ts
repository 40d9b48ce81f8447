import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Context } from './context'

/** The heap in use, in bytes, at ten moments of streaming all readings, the garbage collected before each. */
export async function heldHeap({ readings }: Context): Promise<readonly number[]> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const total = await readings.count()
  const samples: number[] = []
  let seen = 0
  let sum = 0
  for await (const reading of readings.stream({ fetchSize: 1000 })) {
    sum += reading.value
    seen++
    if (seen % Math.floor(total / 10) !== 0) continue
    gc()
    samples.push(process.memoryUsage().heapUsed)
  }
  if (seen !== total || Number.isNaN(sum)) throw new Error('not all readings were streamed')
  return samples
}
