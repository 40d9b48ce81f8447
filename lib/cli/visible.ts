/**
 * Makes control characters visible, so that a name from the cluster cannot send commands to a terminal. Line breaks
 * and tabs stay.
 */
export function visible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]|[\p{Cf}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })
}
