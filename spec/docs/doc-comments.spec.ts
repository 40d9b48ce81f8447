import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import * as coodie from '../../lib'
import * as migration from '../../lib/migration'
import * as testing from '../../lib/testing'
import { blocksOf } from './document'
import { namesPassedOn } from './exported-names'
import { useWorkspace } from './workspace'

const root = join(__dirname, '../..')
const workspace = useWorkspace()

/** The entities and the names that the examples of doc comments use without declaring them. */
const preamble = `
import { ${Object.keys(coodie).join(', ')}, type EntityEvent, type EntitySubscriber, type LogEntry, type Repository as R } from 'coodie'
import { ${Object.keys(testing).join(', ')} } from 'coodie/testing'
interface Settings { theme: string }
class Geo {
  @Field('double') latitude!: number
  @Field('double') longitude!: number
}
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Index() @Column('text') brand = 'Unknown'
  @Column('double') price = 0
  @Column('list<text>') tags: string[] = []
  @Column('map<text, int>') attrs = new Map<string, number>()
  @Column('text') description?: string | null
  @Column('timestamp') createdAt?: Date
  @Column('vector<float, 3>') embedding?: number[]
}
class ProductByBrand {
  @PartitionKey('text') brand!: string
  @ClusteringKey('uuid') id!: Uuid
}
class Hits {
  @PartitionKey('text') page!: string
  @CounterColumn() views!: bigint
  @CounterColumn() visitors!: bigint
}
class Priced {
  price = 0
}
class Reading {
  @PartitionKey('uuid') tenant!: Uuid
  @PartitionKey('date', { as: 'string' }) day!: string
  @ClusteringKey('timestamp') at!: Date
  @Column('double') value!: number
}
declare const db: DataSource
declare const products: R<Product>
declare const readings: R<Reading>
declare const product: Product
declare const hits: CounterRepository<Hits>
declare const { id, brand }: Product
declare const { page }: Hits
declare const other: Uuid
`

/** More names for the examples of coodie/nestjs. */
const nestPreamble = `
import { type INestApplication, Module } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import { HealthCheckService } from '@nestjs/terminus'
import { Test } from '@nestjs/testing'
import { ${[...namesPassedOn('lib/nestjs/index.ts')].join(', ')} } from 'coodie/nestjs'
declare const app: INestApplication
`

/** More names for the examples of coodie/migration. */
const migrationPreamble = `
import { ${Object.keys(migration).join(', ')} } from 'coodie/migration'
`

interface Example {
  readonly where: string
  readonly code: string
}

const examples: readonly Example[] = globSync('lib/**/*.ts', { cwd: root })
  .sort()
  .flatMap((path) => {
    const comments = readFileSync(join(root, path), 'utf8').replaceAll(/^ *\* ?/gmu, '')
    return blocksOf(comments).map(({ code, line }) => ({ where: `${path}:${line}`, code }))
  })

/** A property of a class, shown without the class around it. */
const member = /^@.*\) \w+[!?]?(?::| =).*$/gmu

/** An example as a function, properties in a class; '…' stands for what does not matter. */
function functionOf({ where, code }: Example): string {
  const whole = code.replaceAll(/\{ … \}/gu, '{}').replaceAll(/,? *…/gu, '')
  const members = whole.match(member) ?? []
  const rest = whole.replaceAll(member, '')
  const shown =
    members.length === 0 ? '' : `class Example extends Priced {\n${members.join('\n')}\n}\n`
  return `/* ${where} */ export async function example() {\n${rest}\n${shown}}\n`
}

/** The names that the examples of a room have besides. */
function ofRoom({ where }: Example): string {
  if (where.startsWith('lib/nestjs/')) return nestPreamble
  return where.startsWith('lib/migration/') ? migrationPreamble : ''
}

it('compiles the examples of all doc comments', async () => {
  expect(examples.length).toBeGreaterThan(10)
  const files = examples.map((example) => [
    example.where.replaceAll(/\W/gu, '_'),
    `${ofRoom(example)}${preamble}${functionOf(example)}`,
  ])
  const options = {
    target: 'es2022',
    strict: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  }
  expect(await workspace.compile(Object.fromEntries(files), options)).toBe('')
})
