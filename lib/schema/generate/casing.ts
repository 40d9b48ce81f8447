/** Converts `order_items` to `OrderItems`; returns an empty string if no letter or digit is left. */
export function pascalCase(name: string): string {
  return asIdentifier(joinWords(wordsOf(name).map(capitalized)))
}

/** Converts `created_at` and `CREATED_AT` to `createdAt`, `"first name"` to `firstName`, `p99_9` to `p99_9`. */
export function camelCase(name: string): string {
  const [first = '', ...rest] = wordsOf(name)
  return asIdentifier(joinWords([uncapitalized(first), ...rest.map(capitalized)]))
}

/** Converts `OrderItems` to `order-items`. */
export function kebabCase(name: string): string {
  return name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1-$2')
    .toLowerCase()
}

/** Tells whether a name can stand in source text without quotes. */
export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
}

function asIdentifier(name: string): string {
  return name === '' || isIdentifier(name) ? name : `_${name}`
}

/** Joins words; an underscore between two digits stays, so that `p99_9` is not `p999`. */
function joinWords(words: readonly string[]): string {
  return words.reduce(
    (text, word) => (/\d$/u.test(text) && /^\d/u.test(word) ? `${text}_${word}` : text + word),
    '',
  )
}

function wordsOf(name: string): readonly string[] {
  return name
    .split(/[^\p{ID_Continue}$]+|_+/u)
    .filter((word) => word !== '')
    .map((word) =>
      /^\p{Lu}{2,}$/u.test(word) ? word.charAt(0) + word.slice(1).toLowerCase() : word,
    )
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function uncapitalized(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}
