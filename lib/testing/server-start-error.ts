/** Thrown if no server could be started. The message says what was tried and what to install. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError'
}
