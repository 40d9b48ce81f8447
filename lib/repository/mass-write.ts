import { MassWriteError, type MassWriteFailure } from '../errors/errors'

/**
 * Writes every entity, `concurrency` at a time. A failure does not stop the others; when there are any,
 * throws one `MassWriteError` that tells which.
 */
export async function writeAll<T>(
  entity: string,
  entities: readonly T[],
  concurrency: number,
  write: (entity: T) => Promise<unknown>,
): Promise<void> {
  const failures: MassWriteFailure[] = []
  let next = 0
  const worker = async () => {
    while (next < entities.length) {
      const index = next++
      const each = entities[index] as T
      try {
        await write(each)
      } catch (cause) {
        failures.push({ index, entity: each, cause })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, entities.length) }, worker))
  if (failures.length > 0) {
    failures.sort((a, b) => a.index - b.index)
    throw new MassWriteError(entity, failures, entities.length - failures.length)
  }
}
