/** `order_items` is `OrderItems`; empty where no letter or digit is left. */
export function pascalCase(name: string): string {
  return asIdentifier(wordsOf(name).map(capitalised).join(''))
}

/** `created_at` and `CREATED_AT` are `createdAt`, `"first name"` is `firstName`. */
export function camelCase(name: string): string {
  const [first = '', ...rest] = wordsOf(name)
  return asIdentifier(uncapitalised(first) + rest.map(capitalised).join(''))
}

/** `OrderItems` is `order-items`. */
export function kebabCase(name: string): string {
  return name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1-$2')
    .toLowerCase()
}

export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
}

function asIdentifier(name: string): string {
  return name === '' || isIdentifier(name) ? name : `_${name}`
}

function wordsOf(name: string): readonly string[] {
  return name
    .split(/[^\p{ID_Continue}$]+|_+/u)
    .filter((word) => word !== '')
    .map((word) =>
      /^\p{Lu}{2,}$/u.test(word) ? word.charAt(0) + word.slice(1).toLowerCase() : word,
    )
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function uncapitalised(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}
