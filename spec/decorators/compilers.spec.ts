import { transformSync } from '@swc/core'
import ts from 'typescript-5'
import * as coodie from '../../lib'

const source = `
import { ClusteringKey, Column, Entity, Index, PartitionKey, StaticColumn, Uuid, primaryKey } from 'coodie'
class Stamped { @Column('timestamp') createdAt!: Date }
@Entity({ name: 'orders' })
export class Order extends Stamped {
  declare readonly [primaryKey]?: ['id', 'line']
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('int', { order: 'desc' }) line!: number
  @StaticColumn('text') note?: string | null
  @Index() @Column('text') article = ''
  @Column('map<text, int>', { as: 'object' }) counts: { [key: string]: number } = {}
}
`
const inferring = `
import { Column, Entity, PartitionKey, Uuid } from 'coodie'
@Entity('inferred')
export class Inferred {
  @PartitionKey() id!: string
  @Column() flag!: boolean
  @Column() at?: Date
  @Column() bytes!: Buffer
  @Column() big!: bigint
  @Column() union!: 'a' | 'b'
}
`

const byTypeScript = (legacy: boolean) => (text: string) =>
  ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      experimentalDecorators: legacy,
      emitDecoratorMetadata: legacy,
      strict: true,
    },
  }).outputText
const bySwc = (transform: object) => (text: string) =>
  transformSync(text, {
    swcrc: false,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform,
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
  }).code
const legacyOfSwc = bySwc({ legacyDecorator: true, decoratorMetadata: true })

function evaluate(code: string): Record<string, new () => object> {
  const exported = {}
  const require = (name: string) => (name === 'coodie' ? coodie : undefined)
  // oxlint-disable-next-line no-new-func, no-implied-eval -- the code that a compiler has just written
  new Function('require', 'exports', code)(require, exported)
  return exported
}

it.each([
  ['TypeScript, legacy', byTypeScript(true)],
  ['TypeScript, TC39', byTypeScript(false)],
  ['swc, legacy', legacyOfSwc],
  ['swc, TC39 2022-03', bySwc({ decoratorVersion: '2022-03' })],
  ['swc, TC39 2023-11', bySwc({ decoratorVersion: '2023-11' })],
])('reads the same from what %s writes', (_, compile) => {
  const { Order } = evaluate(compile(source))
  if (Order === undefined) throw new Error('not exported')
  const { table, columns, indexes } = coodie.getEntityMetadata(Order)
  expect(table).toBe('orders')
  expect(columns.map(({ property, kind, order }) => [property, kind, order])).toEqual([
    ['id', 'partitionKey', 'asc'],
    ['line', 'clustering', 'desc'],
    ['note', 'static', 'asc'],
    ['createdAt', 'regular', 'asc'],
    ['article', 'regular', 'asc'],
    ['counts', 'regular', 'asc'],
  ])
  expect(indexes.map(({ column }) => column.property)).toEqual(['article'])
  expect(Object.getOwnPropertySymbols(new Order())).toEqual([])
})

it.each([
  ['TypeScript', byTypeScript(true)],
  ['swc', legacyOfSwc],
])('infers the same types from what %s emits', (_, compile) => {
  const { Inferred } = evaluate(compile(inferring))
  if (Inferred === undefined) throw new Error('not exported')
  const { columns } = coodie.getEntityMetadata(Inferred)
  expect(columns.map(({ property, type }) => [property, 'name' in type && type.name])).toEqual([
    ['id', 'text'],
    ['flag', 'boolean'],
    ['at', 'timestamp'],
    ['bytes', 'blob'],
    ['big', 'bigint'],
    ['union', 'text'],
  ])
})

it.each([
  ['a union', '@Column() x!: string | null'],
  ['an initializer without an annotation', '@Column() x = "Unknown"'],
])('says what to write where nothing can be inferred: %s', (_, property) => {
  for (const compile of [byTypeScript(true), legacyOfSwc]) {
    const { Bad } = evaluate(
      compile(
        `import { Column, Entity, PartitionKey } from 'coodie'
        @Entity() export class Bad { @PartitionKey('text') id!: string; ${property} }`,
      ),
    )
    expect(() => coodie.getEntityMetadata(Bad as new () => object)).toThrow(
      /^Bad\.x: its type cannot be inferred .*; write the type: @Column\('text'\)$/u,
    )
  }
})
