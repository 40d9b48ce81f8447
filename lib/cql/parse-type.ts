import { didYouMean } from '../errors/did-you-mean'
import { hintFor } from '../errors/words'
import type { CqlType } from './cql-type'
import { type NativeName, nativeNames, typeNames } from './native-types'

/** The text is not a CQL type; the message says why. */
export class TypeTextError extends Error {
  override readonly name = 'TypeTextError'
}

const natives: ReadonlySet<string> = new Set(nativeNames)

interface ParseOptions {
  /** `false` if a name that is not native is an error. */
  readonly userTypes?: boolean
}

/** The tail of a message about a type of another database; undefined for any other name. */
function hintOf(name: string): string | undefined {
  const word = hintFor('type', name.toLowerCase())
  if (word !== undefined) return `; ${word}`
  const [, base = '', brackets] = /^(\w+)(\(|\[\]$)/u.exec(name.toLowerCase()) ?? []
  if (brackets === '[]') return `; write 'list<${natives.has(base) ? base : 'text'}>'`
  if (brackets === undefined) return undefined
  const ofBase = hintFor('type', base)
  if (ofBase !== undefined) return `; ${ofBase}`
  return base === 'varchar' || natives.has(base)
    ? `; write '${base}': CQL types have no length and no precision`
    : undefined
}

/**
 * Reads a type as CQL writes it, in any case and with any white space. A name that is not native is a
 * user-defined type: folded to lower case unless it is quoted. Throws `TypeTextError`.
 */
export function parseType(text: string, { userTypes = true }: ParseOptions = {}): CqlType {
  const hint = userTypes ? undefined : hintFor('type', text.trim().toLowerCase())
  if (hint !== undefined) throw new TypeTextError(`'${text}' is not a CQL type; ${hint}`)
  const pieces = text.match(/"(?:[^"]|"")*"|[<>,"]|[^\s<>,"]+/gu) ?? []
  let at = 0

  const fail = (reason: string): never => {
    throw new TypeTextError(
      text.trim() === '' ? `'${text}' is not a CQL type` : `'${text}' is not a CQL type: ${reason}`,
    )
  }
  const isNext = (piece: string) => pieces[at] === piece

  const open = (name: string) => {
    if (!isNext('<')) fail(`${name} takes its types in <>`)
    at++
  }
  const comma = () => {
    if (!isNext(',')) return false
    at++
    return true
  }
  const parameters = (name: string): CqlType[] => {
    open(name)
    const types: CqlType[] = []
    do types.push(type())
    while (comma())
    return types
  }
  const close = () => {
    if (!isNext('>')) fail(at >= pieces.length ? "a '>' is missing" : `'${pieces[at]}' is too much`)
    at++
  }

  const type = (): CqlType => {
    const piece = pieces[at++]
    if (piece === undefined || /^[<>,]$/u.test(piece)) {
      return fail('the name of a type is missing')
    }
    if (piece === '"') return fail('a quote is not closed')
    if (piece.startsWith('"')) return user(piece.slice(1, -1).replaceAll('""', '"'))
    const name = piece.toLowerCase()
    switch (name) {
      case 'list':
      case 'set':
      case 'frozen': {
        const [of, more] = parameters(name)
        if (of === undefined || more !== undefined) return fail(`${name}<T> takes one type`)
        close()
        return { kind: name, of }
      }
      case 'map': {
        const [key, value, more] = parameters(name)
        if (key === undefined || value === undefined || more !== undefined) {
          return fail('map<K, V> takes two types')
        }
        close()
        return { kind: 'map', key, value }
      }
      case 'tuple': {
        const of = parameters(name)
        close()
        return { kind: 'tuple', of }
      }
      case 'vector': {
        open(name)
        const of = type()
        const dimension = comma() ? (pieces[at++] ?? '') : ''
        if (!/^[1-9]\d*$/u.test(dimension)) {
          return fail('vector<T, n> takes a type and a number')
        }
        close()
        return { kind: 'vector', of, dimension: Number(dimension) }
      }
      case 'varchar':
        return { kind: 'native', name: 'text' }
      default:
        return natives.has(name) ? { kind: 'native', name: name as NativeName } : user(piece, true)
    }
  }

  const user = (name: string, isBare = false): CqlType => {
    if (!userTypes) {
      const remedy =
        hintOf(name) ??
        `${didYouMean(name, typeNames)}; a user-defined type is written () => TheClass`
      throw new TypeTextError(`'${name}' is not a CQL type${remedy}`)
    }
    if (isBare && !/^\w+$/u.test(name)) return fail(`'${name}' is not a name`)
    return { kind: 'udt', name: isBare ? name.toLowerCase() : name }
  }

  const result = type()
  if (at < pieces.length) fail(`'${pieces[at]}' is too much`)
  return result
}
