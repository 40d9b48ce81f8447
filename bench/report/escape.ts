const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const

/** Text as HTML. */
export function escape(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (sign) => entities[sign as keyof typeof entities])
}
