import { ValueError } from '../errors/errors'
import { type Class, nameOf } from './declaration'
import { learnOwnState } from './own-state'

/** The function of the option `construct`: makes an instance from the properties of a row. */
export type Construct = (row: never) => object

type Row = Record<string, unknown>

/**
 * Makes the instances of a class with `construct`: the function is called with the properties of the row,
 * and the properties that it does not read are set afterwards.
 */
export class Construction {
  /** The properties that `construct` does not read; `undefined` before its first call. */
  #unread: readonly string[] | undefined

  constructor(
    private readonly target: Class,
    private readonly construct: Construct,
    private readonly properties: readonly string[],
  ) {}

  /**
   * Makes an instance of `row`. Throws `ValueError` if `construct` returns something else, or a frozen
   * instance without a value of the row.
   */
  readonly make = (row: Row): Row => {
    const instance = this.#unread === undefined ? this.#observe(row) : this.#call(row)
    for (const property of this.#unread ?? []) {
      if (!Object.hasOwn(row, property) || instance[property] === row[property]) continue
      if (Reflect.set(instance, property, row[property])) continue
      if (row[property] === null || row[property] === undefined) continue
      throw new ValueError(
        nameOf(this.target),
        property,
        `construct does not read it, and the instance is frozen; read row.${property} in construct`,
      )
    }
    return instance
  }

  #call(row: Row): Row {
    const made: unknown = (this.construct as (row: Row) => unknown)(row)
    if (made instanceof this.target) return made as Row
    const name = nameOf(this.target)
    throw new ValueError(name, 'construct', `must return an instance of ${name}`)
  }

  /** Calls `construct` for the first time and notes the properties that it reads. */
  #observe(row: Row): Row {
    const read = new Set<PropertyKey>()
    const observed = new Proxy(row, {
      get(target, property) {
        read.add(property)
        return Reflect.get(target, property) as unknown
      },
      ownKeys(target) {
        const keys = Reflect.ownKeys(target)
        for (const key of keys) read.add(key)
        return keys
      },
    })
    const instance = this.#call(observed)
    learnOwnState(this.target, instance)
    this.#unread = this.properties.filter((property) => !read.has(property))
    return instance
  }
}
