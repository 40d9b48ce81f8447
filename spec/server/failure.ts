import { CoodieError } from '../../lib'

/** The error of ours that a call ends with, thrown at once or by its promise; anything else fails the spec. */
export async function failure(call: () => unknown): Promise<CoodieError> {
  let error: unknown
  try {
    await call()
  } catch (thrown) {
    error = thrown
  }
  if (!(error instanceof CoodieError)) throw new Error(`not an error of ours: ${String(error)}`)
  return error
}
