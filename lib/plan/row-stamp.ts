import { AbsentColumns, type RowSource, keyPart, mayBeDate } from '../metadata/absent-columns'
import { StoredMark } from '../metadata/stored-mark'
import { quote } from './compile'

/** The mark that the instances of a reader get: that they were read, and which of their columns were absent. */
export interface RowStamp {
  /** Every instance is marked, also one without absent columns: it matters to the collections of the class. */
  readonly isOnAll: boolean
  /** If undefined, absent columns are not remembered. */
  readonly source: RowSource | undefined
  /** The instance can have a mark: `construct` may return one that it has returned before. */
  readonly isAgain: boolean
}

/** The classes and functions that the generated code uses. */
export const stampTools: Readonly<Record<string, unknown>> = { AbsentColumns, StoredMark, keyPart }

/** The source code of a stamp. */
export interface StampCode {
  /** Declares the absent columns of the row before. */
  readonly before: string
  /** Marks the new `entity`, and declares the numbers of the mask. */
  readonly begin: string
  /** Sets the bit of a column that is absent. */
  readonly absent: (name: string) => string
  /** Notes the absent columns of the complete `entity`. */
  readonly end: string
}

export function stampCode({ isOnAll, source, isAgain }: RowStamp): StampCode {
  const masks = Array.from({ length: source?.width ?? 0 }, (_, i) => `mask${i}`)
  const [first, ...more] = masks
  const marked = isAgain ? '' : 'new StoredMark(entity);'
  const again = isAgain ? 'StoredMark.read(entity);' : ''
  if (source === undefined || first === undefined) {
    return isOnAll
      ? { before: '', begin: marked, absent: () => '', end: again }
      : { before: '', begin: '', absent: () => '', end: '' }
  }
  const parts = source.key.map((column) => {
    const value = `entity[${quote(column.property)}]`
    return mayBeDate(column) ? `keyPart(${value})` : value
  })
  const key = parts.length === 1 ? parts[0] : `[${parts.join(', ')}]`
  const isOther = [
    `absent?.mask !== ${first}`,
    ...more.map((mask, i) => `absent.more[${i}] !== ${mask}`),
  ]
  const rest = more.length === 0 ? '' : `, [${more.join(', ')}]`
  return {
    before: 'let absent;',
    begin: `${marked} let ${masks.map((mask) => `${mask} = 0`).join(', ')};`,
    absent(name) {
      const found = source.bitOf(name)
      return found === undefined ? '' : `mask${found.index} |= ${found.bit};`
    },
    end: `if (${masks.map((mask) => `${mask} !== 0`).join(' || ')}) {
      if (${isOther.join(' || ')}) absent = new AbsentColumns(source, ${first}${rest});
      StoredMark.read(entity, absent, ${key});
    } else { ${again} }`,
  }
}

/** Sets the bit of a column that is absent. */
export function noteAbsent(source: RowSource | undefined, masks: number[], name: string): void {
  const found = source?.bitOf(name)
  if (found !== undefined) masks[found.index] = (masks[found.index] ?? 0) | found.bit
}

/** Marks an instance that was read. */
export function stamp(
  { isOnAll, source }: RowStamp,
  entity: Readonly<Record<string, unknown>>,
  masks: readonly number[],
): void {
  if (source !== undefined && masks.length > 0) {
    const parts = source.key.map(({ property }) => keyPart(entity[property]))
    const [mask = 0, ...more] = Array.from(masks, (each) => each ?? 0)
    const absent = new AbsentColumns(source, mask, more)
    StoredMark.read(entity, absent, parts.length === 1 ? parts[0] : parts)
  } else if (isOnAll || source !== undefined) StoredMark.read(entity)
}
