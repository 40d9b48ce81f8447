import { Add, Append, Column, type DataSource, Entity, PartitionKey } from '../../../lib'
import { secret } from '../tally'
import { type Account, type Worker, patience } from './account'

@Entity('ledger_bags')
export class Bag {
  @PartitionKey('text') id!: string
  @Column('set<text>') members!: Set<string>
  @Column('list<text>') log!: string[]
}

/** Elements of a bag. */
interface Book {
  readonly acknowledged: Set<string>
  readonly unknown: Set<string>
}

/** The elements of one bag: more would make every read of it slow. */
const size = 100

/** Additions to sets, and appends to lists, which nobody may send twice. */
export class Collections implements Account {
  readonly name = 'sets and lists'
  readonly mistakes: readonly string[] = []
  readonly #books = new Map<string, { readonly members: Book; readonly log: Book }>()
  #last = 0

  async step({ index, db, random, tally }: Worker): Promise<void> {
    const n = this.#last++
    const id = `${index}/${Math.floor(n / (size * 8))}`
    const books = this.#books.get(id) ?? { members: newBook(), log: newBook() }
    this.#books.set(id, books)
    const element = `${secret} ${n}`
    const bags = db.getRepository(Bag)
    const isSet = random.chance(0.5)
    const book = isSet ? books.members : books.log
    const outcome = await tally.run(isSet ? 'set addition' : 'list append', patience, () =>
      bags.update({ id }, isSet ? { members: Add([element]) } : { log: Append([element]) }),
    )
    if (outcome.isAcknowledged) book.acknowledged.add(element)
    else if (outcome.mayBeExecuted) book.unknown.add(element)
  }

  async verify(db: DataSource): Promise<readonly string[]> {
    const bags = db.getRepository(Bag)
    const wrong: string[] = []
    for (const [id, { members, log }] of this.#books) {
      const bag = await bags.findOneBy({ id })
      wrong.push(
        ...compare(`set ${id}`, [...(bag?.members ?? [])], members),
        ...compare(`list ${id}`, bag?.log ?? [], log),
      )
    }
    return wrong
  }
}

const newBook = (): Book => ({ acknowledged: new Set(), unknown: new Set() })

function compare(place: string, found: readonly string[], book: Book): string[] {
  const there = new Set(found)
  const lost = [...book.acknowledged].filter((element) => !there.has(element))
  const strange = found.filter(
    (element) => !book.acknowledged.has(element) && !book.unknown.has(element),
  )
  return [
    ...(lost.length > 0 ? [`${place}: ${lost.length} elements lost`] : []),
    ...(strange.length > 0 ? [`${place}: ${strange.length} elements that nobody wrote`] : []),
    ...(there.size < found.length ? [`${place}: ${found.length - there.size} elements twice`] : []),
  ]
}
