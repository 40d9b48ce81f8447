/** What a command ends with: 0 is well, 1 different or refused, 2 wrong usage or no connection. */
export type ExitCode = 0 | 1 | 2

/** Ends the command with one line that says what to do. */
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
