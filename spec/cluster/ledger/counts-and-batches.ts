import { Column, CounterColumn, type DataSource, Entity, PartitionKey } from '../../../lib'
import { secret } from '../tally'
import { type Account, Cell, Sum, type Worker, patience } from './account'

@Entity('ledger_hits')
export class Hits {
  @PartitionKey('int') id!: number
  @CounterColumn() hits!: bigint
}

@Entity('ledger_orders')
export class Order {
  @PartitionKey('int') id!: number
  @Column('text') text!: string
}

@Entity('ledger_invoices')
export class Invoice {
  @PartitionKey('int') id!: number
  @Column('text') text!: string
}

const pages = 8

/** Counters that all workers increment. */
export class Counts implements Account {
  readonly name = 'counters'
  readonly mistakes: readonly string[] = []
  readonly #sums = Array.from({ length: pages }, () => new Sum())

  async step({ db, random, tally }: Worker): Promise<void> {
    const id = random.below(pages)
    const sum = this.#sums[id]
    const outcome = await tally.run('increment', patience, () =>
      db.getCounterRepository(Hits).increment({ id }, { hits: 1n }),
    )
    if (sum === undefined) return
    if (outcome.isAcknowledged) sum.acknowledged++
    else if (outcome.mayBeExecuted) sum.unknown++
  }

  async verify(db: DataSource): Promise<readonly string[]> {
    const wrong: string[] = []
    for (const [id, sum] of this.#sums.entries()) {
      const row = await db.getCounterRepository(Hits).findOneBy({ id })
      const total = Number(row?.hits ?? 0n)
      if (!sum.allows(total)) wrong.push(`counter ${id}: ${total}, of ${String(sum)}`)
    }
    return wrong
  }
}

/** Logged batches over two tables: what was acknowledged is in both. */
export class Batches implements Account {
  readonly name = 'batches'
  readonly mistakes: readonly string[] = []
  readonly #cells = new Map<number, Cell<string>>()
  #last = 0

  async step({ db, tally }: Worker): Promise<void> {
    const id = this.#last++
    const pair = { id, text: `${secret} ${id}` }
    const cell = new Cell<string>()
    this.#cells.set(id, cell)
    const outcome = await tally.run('batch', patience, () =>
      db
        .batch()
        .insert(Order, db.getRepository(Order).create(pair))
        .insert(Invoice, db.getRepository(Invoice).create(pair))
        .execute(),
    )
    if (outcome.isAcknowledged) cell.acknowledge(pair.text)
    else if (outcome.mayBeExecuted) cell.suspect(pair.text)
  }

  async verify(db: DataSource): Promise<readonly string[]> {
    const wrong: string[] = []
    for (const entity of [Order, Invoice]) {
      const found = new Map<number, string>()
      for await (const { id, text } of db.getRepository<Order>(entity).scan({ fetchSize: 1000 })) {
        found.set(id, text)
      }
      for (const [id, cell] of this.#cells) {
        const text = found.get(id)
        // An unknown batch may be in one table alone until the cluster replays it.
        if (text === undefined && !cell.isCertain) continue
        if (!cell.allows(text)) wrong.push(`batch ${id}: ${text === undefined ? 'lost' : 'wrong'}`)
      }
    }
    return wrong
  }
}
