/** The exit code of a command: 0 success; 1 differences found, or refused; 2 wrong usage, or no connection. */
export type ExitCode = 0 | 1 | 2

/** An error that ends the command with one line that says what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError'

  constructor(
    readonly exitCode: 1 | 2,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
