/** The rule that names a table or column if no decorator does. */
export type NamingStrategy = 'snake_case' | 'exact' | ((name: string) => string)

/** Returns the name in CQL. In snake case, `createdAt` is created_at, `HTTPServer` http_server, `Product2` product2. */
export function applyNaming(strategy: NamingStrategy, name: string): string {
  if (typeof strategy === 'function') return strategy(name)
  if (strategy === 'exact') return name
  return name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
}
