/** Prints the answer of a command: as JSON, or as text. */
export function answer(isJson: boolean | undefined, json: unknown, text: string): void {
  process.stdout.write(isJson === true ? `${JSON.stringify(json, undefined, 2)}\n` : `${text}\n`)
}

/** What goes on, beside the answer. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
