import { words } from '../../lib/errors/words'
import { useConsumer } from './compiler'

const consumer = useConsumer()

/** Each line uses one word of another library; the compiler says what to write instead. */
const types = Object.entries(words.type).map(([word, hint]) => ({
  line: `class T${word.replaceAll(/\W/gu, '')} { @Column('${word}') x!: never }`,
  says: `'${word}' is not a CQL type; ${hint}`,
}))
const dataSourceMethods: ReadonlySet<string> = new Set(['transaction', 'createQueryBuilder'])
const methods = Object.entries(words.method).flatMap(([word, hint]) =>
  word === 'manager'
    ? [
        { line: 'products.manager.query()', says: `is of type 'unknown'` },
        { line: 'db.manager.query()', says: `is of type 'unknown'` },
      ]
    : [
        ...(word === 'transaction' ? [] : [{ line: `products.${word}()`, says: hint }]),
        ...(dataSourceMethods.has(word) ? [{ line: `db.${word}()`, says: hint }] : []),
      ],
)
const imports = Object.keys(words.import).map((word) => ({
  line: `coodie.${word}('x')`,
  says: 'This expression is not callable',
}))

it('says what to write instead of the words of other libraries', () => {
  const prelude =
    `import * as coodie from 'coodie'; import { Column, type DataSource, type Repository } from 'coodie'; ` +
    `declare const products: Repository<{ id: string }>; declare const db: DataSource;`
  const all = [...types, ...methods, ...imports]
  consumer.write('words.ts', [prelude, ...all.map(({ line }) => line)].join('\n'))
  const printed = consumer.compile('typescript', 'legacy', ['words.ts']).join('\n')
  const errors = printed.split(/\n(?=\S)/u)
  const missing = all.filter(
    ({ says }, i) =>
      !errors.some((error) => error.startsWith(`words.ts(${i + 2},`) && error.includes(says)),
  )
  expect(missing).toEqual([])
})

it('lets a class of repositories have methods of its own with these names', () => {
  consumer.write(
    'own-methods.ts',
    `import { Repository } from 'coodie'
export class Articles extends Repository<{ id: string }> {
  manager = 'Ann'
  clear = async () => 1
  async upsert(article: { id: string }): Promise<void> {
    await this.save(article)
  }
  async findAndCount(): Promise<[{ id: string }[], number]> {
    return [await this.find(), await this.count()]
  }
}
export const fake: Pick<Articles, 'upsert'> = { async upsert() {} }`,
  )
  expect(consumer.compile('typescript', 'legacy', ['own-methods.ts'])).toEqual([])
})
