/** Prints the result of a command, as JSON or as text, to the standard output. */
export function answer(isJson: boolean | undefined, json: unknown, text: string): void {
  process.stdout.write(`${isJson === true ? printJson(json) : text}\n`)
}

/** Prints a value as JSON without any control character. */
export function printJson(value: unknown): string {
  return visibleIn(JSON.stringify(value, undefined, 2))
}

/** Escapes the control characters that JSON does not escape. */
function visibleIn(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Prints progress to the error output. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
