import { type Mode, compilers, useConsumer } from './compiler'

const consumer = useConsumer()

/** What is written wrongly, and what the compiler says to it: all of these, in one error. */
interface Mistake {
  readonly code: string
  readonly says: readonly string[]
}

const prelude = `
import { At, Column, ClusteringKey, Contains, Entity, In, Increment, IsNull, Like, MaterializedView, MoreThan, Not, PartitionKey, TableInheritance, Uuid, list, map, primaryKey } from 'coodie'
import type { ReadRepository, Repository } from 'coodie'
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('text') brand = 'Unknown'
  @Column('double') price = 0
  @Column('text') subtitle?: string
  @Column('list<text>') tags!: string[]
}
export class Reading {
  declare readonly [primaryKey]?: [['tenant', 'day'], 'at', 'id']
  @PartitionKey('uuid') tenant!: Uuid
  @PartitionKey('text') day!: string
  @ClusteringKey('timestamp') at!: Date
  @ClusteringKey('uuid') id!: Uuid
  @Column('double') value!: number
}
declare const products: Repository<Product>
declare const readable: ReadRepository<Product>
declare const readings: Repository<Reading>
declare const id: Uuid
declare const tenant: Uuid
export { id, tenant, products, readable, readings, At, In, Increment, IsNull, Like, MoreThan, Not, Contains, Entity, MaterializedView, TableInheritance, list, map, primaryKey }
`

/** A class with one property. */
const property = (declaration: string) => `export class Bad { ${declaration} }`
const call = (expression: string) => `export const bad = () => ${expression}`

const typeTexts: readonly Mistake[] = [
  {
    code: property(`@Column('strng') x!: string`),
    says: [`"'strng' is not a CQL type; a user-defined type is written () => TheClass"`],
  },
  {
    code: property(`@Column('frozen<address>') x!: string`),
    says: [`"'address' is not a CQL type; a user-defined type is written () => TheClass"`],
  },
  { code: property(`@Column('list<text') x!: string[]`), says: [`'list<text' is not a CQL type`] },
  { code: property(`@Column('list<>') x!: string[]`), says: [`'' is not a CQL type`] },
  { code: property(`@Column('map<text>') x!: string`), says: [`"map<K, V> takes two types"`] },
  {
    code: property(`@Column('vector<float>') x!: number[]`),
    says: [`"vector<T, n> takes a type and a number"`],
  },
  {
    code: property(`@Column('vector<float, n>') x!: number[]`),
    says: [`"vector<T, n>: 'n' is not a number"`],
  },
  {
    code: property(`@Column('counter') x!: bigint`),
    says: [`"a counter is declared with @CounterColumn()"`],
  },
  {
    code: property(`@Column(map('text', 'nope')) x!: Map<string, string>`),
    says: [`"'nope' is not a CQL type; a user-defined type is written () => TheClass"`],
  },
  {
    code: property(`@Column('uuid', { as: 'number' }) x!: string`),
    says: [`Type '"number"' is not assignable to type '"string"'`],
  },
  {
    code: property(`@Column('text', { named: 'x' }) x!: string`),
    says: [`'named' does not exist in type 'ColumnOptions<"text", never`],
  },
  {
    code: `@Entity({ nme: 'x' }) export class Bad {}`,
    says: [`'nme' does not exist in type 'EntityOptions<any>'`],
  },
]

const columns: Readonly<Record<Mode, readonly Mistake[]>> = {
  legacy: [
    {
      code: property(`@Column('int') e1!: string`),
      says: [
        'Unable to resolve signature of property decorator when called as an expression',
        `Argument of type 'Bad' is not assignable to parameter of type 'Bad & { readonly e1?: number | null | undefined; }'`,
        `Type 'string' is not assignable to type 'number'`,
      ],
    },
    {
      code: property('@Column() x!: string | null'),
      says: [`Type 'null' is not assignable to type 'Inferred | undefined'`],
    },
    {
      code: `export class Bad { declare readonly [primaryKey]?: 'id'; @Column('uuid') id!: Uuid }`,
      says: [`"declared as partition key in [primaryKey]"`],
    },
    {
      code: `export class Bad { declare readonly [primaryKey]?: ['a', 'id']; @Column('uuid') id!: Uuid }`,
      says: [`"declared as clustering column in [primaryKey]"`],
    },
    {
      code: `export class Bad { declare readonly [primaryKey]?: 'a'; @PartitionKey('uuid') id!: Uuid }`,
      says: [`"not declared in [primaryKey]"`],
    },
  ],
  tc39: [
    {
      code: property(`@Column('int') e1!: string`),
      says: ['access.get(...)', `Type 'string' is not assignable to type 'number'`],
    },
    { code: property('@Column() x!: string'), says: [`WriteTheType`] },
  ],
}

const repositories: readonly Mistake[] = [
  {
    code: call(`products.findBy({ brnd: 'Acme' })`),
    says: [`'brnd' does not exist in type 'Where<Product>'. Did you mean to write 'brand'?`],
  },
  {
    code: call('products.update({ id }, { prce: 1 })'),
    says: [`'prce' does not exist in type 'Changes<Product>'. Did you mean to write 'price'?`],
  },
  {
    code: call(`products.update({ names: 'x' }, { price: 1 })`),
    says: [`'names' does not exist in type 'Where<Product>'. Did you mean to write 'name'?`],
  },
  {
    code: call(`products.find({ select: ['nam'] })`),
    says: [`Type '"nam"' is not assignable to type 'ColumnKey<Product>'. Did you mean '"name"'?`],
  },
  {
    code: call(`products.find({ select: ['id'] }).then(([first]) => first?.name)`),
    says: [`Property 'name' does not exist on type 'Pick<Product, "id">'`],
  },
  {
    code: call(`products.find({ orderBy: { pricee: 'asc' } })`),
    says: [`'pricee' does not exist in type 'OrderBy<Product>'. Did you mean to write 'price'?`],
  },
  {
    code: call(`products.findBy({ name: Contains('x') })`),
    says: [
      `Type 'Condition<"contains", "x">' is not assignable to type 'Filter<string> | undefined'`,
      `Type 'string' is not assignable to type 'Refused<"Contains() asks a list, set or map">'`,
    ],
  },
  {
    code: call(`products.findBy({ price: Like('x%') })`),
    says: [`Type 'string' is not assignable to type 'Refused<"Like() compares text">'`],
  },
  {
    code: call(`products.findBy({ name: Not('x') })`),
    says: [
      `Type 'string' is not assignable to type 'Refused<"Not() exists only in the if of a write: Cassandra has no != in WHERE; filter the results">'`,
    ],
  },
  {
    code: call('products.find({ where: { subtitle: IsNull() } })'),
    says: [
      `Type 'null' is not assignable to type 'Refused<"IsNull() exists only in the if of a write: Cassandra has no IS NULL in WHERE; filter the results">'`,
    ],
  },
  {
    code: call(`products.findBy({ tags: At(0, 'x') })`),
    says: [
      `Refused<"At() exists only in the if of a write: Cassandra has no l[i] in WHERE; use Contains()">`,
    ],
  },
  {
    code: call(`products.find({ where: [{ name: 'a' }, { name: 'b' }] })`),
    says: [
      `is not assignable to type 'Refused<"Cassandra has no OR: give one object of properties; several values of one are In([...]), several filters several reads">'`,
    ],
  },
  {
    code: call(`products.findBy([{ name: 'a' }])`),
    says: [`Refused<"Cassandra has no OR: give one object of properties;`],
  },
  {
    code: call('products.find({ where: { id }, skip: 10 })'),
    says: [
      `Type 'number' is not assignable to type 'Refused<"Cassandra has no OFFSET: use findPage() and its pageState">'`,
    ],
  },
  {
    code: call('products.update({ id }, { price: Increment(1) })'),
    says: [`Type 'ColumnChange<"increment", Delta>' is not assignable to type 'number | `],
  },
  {
    code: call(`products.update({ id }, { name: null })`),
    says: [`Type 'null' is not assignable to type 'string | `],
  },
  {
    code: call('readable.save({} as Product)'),
    says: [`Property 'save' does not exist on type 'ReadRepository<Product>'`],
  },
  {
    code: call(`readings.update({ tenant, day: 'x' }, { value: 1 })`),
    says: [`is missing the following properties from type 'WholeKey<Reading>': `],
  },
  { code: call('readings.delete({ tenant })'), says: [`Property 'day' is missing`] },
  {
    code: call(`readings.update({ tenant, day: 'x', at: 0, id }, { day: 'y' })`),
    says: [`Type 'string' is not assignable to type 'KeyColumnCannotChange'`],
  },
  {
    code: call(`readings.find({ orderBy: { value: 'asc' } })`),
    says: [`Type 'string' is not assignable to type 'NotAClusteringColumn'`],
  },
  {
    code: `@Entity() export class Bad { declare readonly [primaryKey]?: 'idd'; id!: Uuid }`,
    says: [`'idd' in [primaryKey] is not a property`],
  },
  {
    code: `@MaterializedView({ from: () => Product }) export class Bad { brnd!: string }`,
    says: [`'brnd' is not a column of the base`],
  },
  {
    code: `@TableInheritance({ column: 'knd' }) export class Bad { kind!: string }`,
    says: [`'knd' is not a property of the class`],
  },
]

describe.each(compilers)('%s', (compiler) => {
  it.each(['legacy', 'tc39'] as const)('says what is wrong with %s decorators', (mode) => {
    const mistakes = [...typeTexts, ...columns[mode], ...repositories]
    const files = mistakes.map(({ code }, i) => {
      const name = `${mode}-${i}.ts`
      const imports = prelude.replace(/^export class/gmu, 'class')
      consumer.write(name, `${imports}\n${code}\n`)
      return name
    })
    const printed = consumer.compile(compiler, mode, files).join('\n')
    const missing = mistakes.flatMap(({ code, says }, i) => {
      const errors = errorsOf(printed, files[i] ?? '')
      return errors.length === 1 && says.every((each) => errors[0]?.includes(each))
        ? []
        : [{ code, says, errors }]
    })
    expect(missing).toEqual([])
  })
})

/** The errors of one file, each with the indented lines below it. */
function errorsOf(printed: string, file: string): readonly string[] {
  return printed.split(/\n(?=\S)/u).filter((error) => error.startsWith(`${file}(`))
}
