import type { DataSource } from '../../../lib'
import type { Random } from '../../integration/oracle/random'
import type { Tally } from '../tally'

/** The milliseconds after which a call of the ledger counts as one that never ends. */
export const patience = 30_000

/** One of the loops that write and read until the load ends; half of them decode rows directly. */
export interface Worker {
  readonly index: number
  readonly db: DataSource
  readonly random: Random
  readonly tally: Tally
}

/** The books of one kind of data: what was acknowledged, and what may have happened besides. */
export interface Account {
  readonly name: string
  /** Writes what must be there before the load. */
  begin?(db: DataSource): Promise<void>
  /** Does one operation and books its outcome. */
  step(worker: Worker): Promise<void>
  /** What reads saw in the meantime that cannot be true. */
  readonly mistakes: readonly string[]
  /** Compares the books with the tables: one text for each loss or wrong value. */
  verify(db: DataSource): Promise<readonly string[]>
}

/** The states that a cell may have: the last acknowledged value, or one of an unknown write after it. */
export class Cell<V> {
  #acknowledged: V | undefined
  #possible: V[] = []

  acknowledge(value: V): void {
    this.#acknowledged = value
    this.#possible = []
  }

  /** Books a write that may have been executed. */
  suspect(value: V): void {
    this.#possible.push(value)
  }

  /** Returns whether a value must be there. */
  get isCertain(): boolean {
    return this.#acknowledged !== undefined
  }

  /** Returns whether the cell may hold the value; `undefined` is a row that does not exist. */
  allows(value: V | undefined): boolean {
    return value === this.#acknowledged || (value !== undefined && this.#possible.includes(value))
  }
}

/** A number of increments: those that were acknowledged, and those that may have been executed. */
export class Sum {
  acknowledged = 0
  unknown = 0

  allows(total: number): boolean {
    return total >= this.acknowledged && total <= this.acknowledged + this.unknown
  }

  toString(): string {
    return `${this.acknowledged} acknowledged and ${this.unknown} unknown`
  }
}
