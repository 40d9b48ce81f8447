import {
  Column,
  type DataSource,
  Entity,
  OptimisticLockError,
  PartitionKey,
  VersionColumn,
} from '../../../lib'
import { type Account, Sum, type Worker, patience } from './account'

@Entity('ledger_turns')
export class Turn {
  @PartitionKey('int') id!: number
  @Column('int') value!: number
}

@Entity('ledger_documents')
export class Document {
  @PartitionKey('int') id!: number
  @Column('int') value!: number
  @VersionColumn() version?: number
}

@Entity('ledger_names')
export class UniqueName {
  @PartitionKey('text') name!: string
  @Column('int') owner!: number
  @Column('int') attempt!: number
}

const shared = 6

/** Numbers that all workers count up, each step on condition of the one before, which only one of them can win. */
abstract class Steps implements Account {
  abstract readonly name: string
  readonly mistakes: string[] = []
  readonly #sums = Array.from({ length: shared }, () => new Sum())
  readonly #won = new Set<string>()

  async step(worker: Worker): Promise<void> {
    const id = worker.random.below(shared)
    const read = await worker.tally.run(`${this.name}: read`, patience, () =>
      this.read(worker.db, id),
    )
    if (!read.isAcknowledged) return
    const write = await worker.tally.run(this.name, patience, () => read.value.next())
    const sum = this.#sums[id]
    if (sum === undefined) return
    if (!write.isAcknowledged) {
      if (write.mayBeExecuted) sum.unknown++
      return
    }
    if (!write.value) return
    sum.acknowledged++
    const step = `${id}: ${read.value.value}`
    if (this.#won.has(step)) this.mistakes.push(`${this.name}: two workers won the step ${step}`)
    this.#won.add(step)
  }

  async verify(db: DataSource): Promise<readonly string[]> {
    const wrong: string[] = []
    for (const [id, sum] of this.#sums.entries()) {
      const { value } = await this.read(db, id)
      if (!sum.allows(value)) wrong.push(`${this.name} ${id}: ${value}, of ${String(sum)}`)
    }
    return wrong
  }

  abstract begin(db: DataSource): Promise<void>

  /** Reads a number; `next` counts it up and resolves to false if another worker was faster. */
  protected abstract read(
    db: DataSource,
    id: number,
  ): Promise<{ readonly value: number; next(): Promise<boolean> }>
}

export class LwtCounters extends Steps {
  readonly name = 'LWT counter'

  async begin(db: DataSource): Promise<void> {
    const turns = db.getRepository(Turn)
    await turns.save(Array.from({ length: shared }, (_, id) => turns.create({ id, value: 0 })))
  }

  protected async read(db: DataSource, id: number) {
    const turns = db.getRepository(Turn)
    const { value } = await turns.findOneOrFail({ where: { id }, consistency: 'localSerial' })
    return {
      value,
      next: async () =>
        (await turns.update({ id }, { value: value + 1 }, { if: { value } })).applied,
    }
  }
}

export class Versions extends Steps {
  readonly name = 'versioned save'

  async begin(db: DataSource): Promise<void> {
    const documents = db.getRepository(Document)
    for (let id = 0; id < shared; id++) await documents.save(documents.create({ id, value: 0 }))
  }

  protected async read(db: DataSource, id: number) {
    const documents = db.getRepository(Document)
    const document = await documents.findOneOrFail({ where: { id }, consistency: 'localSerial' })
    const { value } = document
    return {
      value,
      next: async () => {
        document.value++
        try {
          await documents.save(document)
          return true
        } catch (error) {
          if (error instanceof OptimisticLockError) return false
          throw error
        }
      },
    }
  }
}

/** Names that three attempts want, and one can have. */
export class UniqueNames implements Account {
  readonly name = 'unique names'
  readonly mistakes: string[] = []
  readonly #owners = new Map<string, number>()
  readonly #possible = new Map<string, Set<number>>()
  #last = 0

  async step({ index, db, tally }: Worker): Promise<void> {
    const attempt = this.#last++
    const name = `name ${Math.floor(attempt / 3)}`
    const names = db.getRepository(UniqueName)
    const outcome = await tally.run('insert ifNotExists', patience, () =>
      names.insert(names.create({ name, owner: index, attempt }), { ifNotExists: true }),
    )
    if (!outcome.isAcknowledged) {
      if (!outcome.mayBeExecuted) return
      this.#possible.set(name, (this.#possible.get(name) ?? new Set()).add(attempt))
      return
    }
    const { applied, existing } = outcome.value
    if (applied && this.#owners.has(name)) this.mistakes.push(`${name} was given away twice`)
    if (applied) this.#owners.set(name, attempt)
    else if (existing?.attempt === attempt) this.mistakes.push(`${name}: applied, but not said`)
  }

  async verify(db: DataSource): Promise<readonly string[]> {
    const names = db.getRepository(UniqueName)
    const wrong: string[] = []
    const found = new Map<string, number>()
    for await (const { name, attempt } of names.scan({ fetchSize: 1000 })) found.set(name, attempt)
    for (const [name, attempt] of this.#owners) {
      if (found.get(name) !== attempt) wrong.push(`${name} has another owner`)
    }
    for (const [name, attempt] of found) {
      if (this.#owners.get(name) === attempt) continue
      if (this.#possible.get(name)?.has(attempt) !== true) wrong.push(`${name}: nobody said so`)
    }
    return wrong
  }
}
