import { ValueError } from '../errors/errors'
import { type Class, nameOf } from './declaration'
import { learnOwnState } from './own-state'

/** The function of the option `construct`: makes an instance from the properties of a row. */
export type Construct = (row: never) => object

type Row = Record<string, unknown>

/** Notes which properties of a row are read. */
class Observer implements ProxyHandler<Row> {
  readonly read = new Set<PropertyKey>()

  get(row: Row, property: string): unknown {
    this.read.add(property)
    return row[property]
  }

  /** Called by spread and `Object.assign`, which read all. */
  ownKeys(row: Row): (string | symbol)[] {
    const keys = Reflect.ownKeys(row)
    for (const key of keys) this.read.add(key)
    return keys
  }
}

/**
 * Makes the instances of a class with `construct`: the function is called with the properties of the row,
 * and the properties that it does not read are set afterwards.
 */
export class Construction {
  #isKnown = false

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
    // Observed each time: which properties are read may depend on their values.
    const observer = new Observer()
    const instance = this.#call(new Proxy(row, observer))
    for (const property of this.properties) {
      if (observer.read.has(property) || !Object.hasOwn(row, property)) continue
      if (instance[property] === row[property]) continue
      if (Reflect.set(instance, property, row[property])) continue
      if (row[property] === null || row[property] === undefined) continue
      throw new ValueError(
        nameOf(this.target),
        property,
        `construct does not read it, and the instance is frozen; read row.${property} in construct`,
      )
    }
    if (!this.#isKnown) {
      learnOwnState(this.target, instance)
      this.#isKnown = true
    }
    return instance
  }

  #call(row: Row): Row {
    const made: unknown = (this.construct as (row: Row) => unknown)(row)
    if (made instanceof this.target) return made as Row
    const name = nameOf(this.target)
    throw new ValueError(name, 'construct', `must return an instance of ${name}`)
  }
}
