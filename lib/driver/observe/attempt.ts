const warned = new Set<string>()

/**
 * Calls code of the application that only observes. What it throws does not reach the request that it observes, nor does
 * a promise that it rejects: the process is warned once of each observer.
 */
export function attempt(observer: string, call: () => unknown): void {
  try {
    const result = call()
    if (result instanceof Promise) result.catch(() => warnOf(observer))
  } catch {
    warnOf(observer)
  }
}

/** The error is left out: nothing says that its text has no values. */
function warnOf(observer: string): void {
  if (warned.has(observer)) return
  warned.add(observer)
  process.emitWarning(`${observer} of a coodie DataSource threw an error, which was ignored`)
}
