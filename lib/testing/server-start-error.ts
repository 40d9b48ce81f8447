/** No server could be started; the message says what was tried and what to install. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError'
}
