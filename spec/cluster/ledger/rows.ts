import {
  ClusteringKey,
  Column,
  type DataSource,
  Entity,
  MassWriteError,
  PartitionKey,
} from '../../../lib'
import { secret } from '../tally'
import { type Account, Cell, type Worker, patience } from './account'

@Entity('ledger_rows')
export class LedgerRow {
  @PartitionKey('int') worker!: number
  @PartitionKey('int') block!: number
  @ClusteringKey('int') line!: number
  @Column('text') text!: string
  @Column('bigint') square!: bigint
}

/** The lines of one partition. */
const lines = 50

interface Book {
  readonly cells: Cell<string>[]
}

/** Rows that only one worker writes: inserts, updates, mass saves, reads by key, streams and scans. */
export class Rows implements Account {
  readonly name = 'rows'
  readonly mistakes: string[] = []
  readonly #books = new Map<number, Book>()

  async step(worker: Worker): Promise<void> {
    const { random } = worker
    const book = this.#bookOf(worker.index)
    const chance = random.next()
    if (book.cells.length < 5 || chance < 0.4) return this.#insert(worker, book)
    if (chance < 0.6) return this.#update(worker, book)
    if (chance < 0.65) return this.#saveMany(worker, book)
    if (chance < 0.9) return this.#read(worker, book)
    if (chance < 0.997) return this.#stream(worker, book)
    return this.#scan(worker)
  }

  async verify(db: DataSource): Promise<readonly string[]> {
    const found = new Map<string, string>()
    for await (const row of db.getRepository(LedgerRow).scan({ fetchSize: 1000 })) {
      found.set(placeOf(row.worker, row.block * lines + row.line), textOf(row))
    }
    return [...this.#books].flatMap(([worker, { cells }]) =>
      cells.flatMap((cell, n) => {
        const text = found.get(placeOf(worker, n))
        if (cell.allows(text)) return []
        return [`row ${placeOf(worker, n)}: ${text === undefined ? 'lost' : 'another value'}`]
      }),
    )
  }

  async #insert({ index, db, tally }: Worker, { cells }: Book): Promise<void> {
    const n = cells.length
    const row = rowOf(index, n, 0)
    const cell = new Cell<string>()
    cells.push(cell)
    const outcome = await tally.run('insert', patience, () =>
      db.getRepository(LedgerRow).insert(row),
    )
    if (outcome.isAcknowledged) cell.acknowledge(textOf(row))
    else if (outcome.mayBeExecuted) cell.suspect(textOf(row))
  }

  async #update({ index, db, random, tally }: Worker, { cells }: Book): Promise<void> {
    const n = random.below(cells.length)
    const cell = cells[n]
    // An update of a row that may not exist would make it without the columns it does not set.
    if (cell?.isCertain !== true) return
    const { text, square, ...where } = rowOf(index, n, random.below(1_000_000))
    const outcome = await tally.run('update', patience, () =>
      db.getRepository(LedgerRow).update(where, { text, square }),
    )
    if (outcome.isAcknowledged) cell.acknowledge(textOf({ text, square }))
    else if (outcome.mayBeExecuted) cell.suspect(textOf({ text, square }))
  }

  async #saveMany({ index, db, tally }: Worker, { cells }: Book): Promise<void> {
    const repository = db.getRepository(LedgerRow)
    const first = cells.length
    const rows = Array.from({ length: 10 }, (_, i) => repository.create(rowOf(index, first + i, 0)))
    const added = rows.map(() => new Cell<string>())
    cells.push(...added)
    const outcome = await tally.run('mass save', patience, () =>
      repository.save(rows, { concurrency: 4 }),
    )
    const failures = new Set(
      outcome.isAcknowledged || !(outcome.error instanceof MassWriteError)
        ? []
        : outcome.error.failures.map((failure) => failure.index),
    )
    const isKnown = outcome.isAcknowledged || outcome.error instanceof MassWriteError
    for (const [i, row] of rows.entries()) {
      if (isKnown && !failures.has(i)) added[i]?.acknowledge(textOf(row))
      else added[i]?.suspect(textOf(row))
    }
  }

  async #read({ index, db, random, tally }: Worker, { cells }: Book): Promise<void> {
    const n = random.below(cells.length)
    const { worker, block, line } = rowOf(index, n, 0)
    const outcome = await tally.run('findOneBy', patience, () =>
      db.getRepository(LedgerRow).findOneBy({ worker, block, line }),
    )
    if (!outcome.isAcknowledged) return
    const text = outcome.value === null ? undefined : textOf(outcome.value)
    if (cells[n]?.allows(text) !== true) this.mistakes.push(`findOneBy ${placeOf(index, n)}`)
  }

  async #stream({ index, db, random, tally }: Worker, { cells }: Book): Promise<void> {
    const block = Math.floor(random.below(cells.length) / lines)
    const outcome = await tally.run('stream', patience, async () => {
      const found = new Map<number, string>()
      const rows = db
        .getRepository(LedgerRow)
        .stream({ where: { worker: index, block }, fetchSize: 20 })
      for await (const row of rows) found.set(row.line, textOf(row))
      return found
    })
    if (!outcome.isAcknowledged) return
    for (let line = 0; line < lines; line++) {
      const cell = cells[block * lines + line] ?? new Cell<string>()
      if (!cell.allows(outcome.value.get(line))) {
        this.mistakes.push(`stream ${placeOf(index, block * lines + line)}`)
      }
    }
  }

  /** Other workers write meanwhile: every row that was certain at the start must come, once. */
  async #scan({ db, tally }: Worker): Promise<void> {
    const certain = [...this.#books].flatMap(([worker, { cells }]) =>
      cells.flatMap((cell, n) => (cell.isCertain ? [placeOf(worker, n)] : [])),
    )
    const outcome = await tally.run('scan', 4 * patience, async () => {
      const found = new Set<string>()
      let twice = 0
      for await (const row of db
        .getRepository(LedgerRow)
        .scan({ fetchSize: 1000, concurrency: 2 })) {
        const place = placeOf(row.worker, row.block * lines + row.line)
        if (found.has(place)) twice++
        found.add(place)
      }
      return { found, twice }
    })
    if (!outcome.isAcknowledged) return
    const { found, twice } = outcome.value
    const missing = certain.filter((place) => !found.has(place))
    if (missing.length > 0) this.mistakes.push(`scan: ${missing.length} rows missing`)
    if (twice > 0) this.mistakes.push(`scan: ${twice} rows came twice`)
  }

  #bookOf(worker: number): Book {
    const book = this.#books.get(worker) ?? { cells: [] }
    this.#books.set(worker, book)
    return book
  }
}

function rowOf(worker: number, n: number, version: number) {
  const line = n % lines
  const square = BigInt(n) ** 2n + BigInt(version)
  return {
    worker,
    block: (n - line) / lines,
    line,
    text: `${secret} ${worker}/${n}/${version}`,
    square,
  }
}

/** All that a row holds besides its key. */
const textOf = ({ text, square }: Pick<LedgerRow, 'text' | 'square'>) => `${text} ${square}`
const placeOf = (worker: number, n: number) => `${worker}/${n}`
