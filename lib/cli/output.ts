/** Prints the result of a command, as JSON or as text, to the standard output. */
export function answer(isJson: boolean | undefined, json: unknown, text: string): void {
  process.stdout.write(isJson === true ? `${JSON.stringify(json, undefined, 2)}\n` : `${text}\n`)
}

/** Prints progress to the error output. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
