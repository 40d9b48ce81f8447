import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { DataSource } from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

const run = promisify(execFile)
const root = resolve(__dirname, '../..')
const keyspace = useKeyspace()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coodie-entities-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function files(contents: Readonly<Record<string, string>>): Promise<string> {
  const inner = await mkdtemp(join(folder, 'files-'))
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(resolve(inner, name, '..'), { recursive: true })
    await writeFile(join(inner, name), content)
  }
  return inner
}

/** A class as a compiler for CommonJS leaves it. */
const commonJs = (name: string, coodie = join(root, 'lib')) => `
const { Entity, PartitionKey, Column } = require(${JSON.stringify(coodie)})
class ${name} {}
PartitionKey('int')(${name}.prototype, 'id')
Column('text')(${name}.prototype, 'name')
Entity()(${name})
exports.${name} = ${name}
`
const typeScript = (name: string) => `
import { Entity, PartitionKey, Column } from ${JSON.stringify(join(root, 'lib'))}
@Entity()
export class ${name} {
  @PartitionKey('int') id!: number
  @Column('text') name!: string
}
export const somethingElse = 1
export default class NoEntity {}
`

const options = (entities: string[]) => ({
  ...connection(),
  keyspace: keyspace.name,
  entities,
  synchronize: true,
})

const names = (db: DataSource) => db.entityMetadatas.map(({ name }) => name)

it('finds the entities that CommonJS and TypeScript files export, and only these', async () => {
  const inner = await files({
    'shop/product.entity.js': commonJs('Product'),
    'shop/order.entity.ts': typeScript('Order'),
    'shop/order.entity.d.ts': 'export declare class Order {}',
    'shop/order.entity.js.map': '{}',
    'shop/other.js': 'throw new Error("not asked for")',
  })
  const db = await new DataSource(options([join(inner, '**/*.entity.*')])).initialize()
  try {
    expect(names(db)).toEqual(['Order', 'Product'])
    expect(db.entityMetadatas[1]?.table).toBe('product')
    const target = db.entityMetadatas[1]?.target as new () => { id: number; name: string }
    const products = db.getRepository(target)
    await products.save(products.create({ id: 1, name: 'Anvil' }))
    expect(await products.findOneBy({ id: 1 })).toBeInstanceOf(target)
  } finally {
    await db.destroy()
  }
})

it('says that nothing matches, or that nothing in the files is an entity', async () => {
  const inner = await files({ 'a.js': 'exports.A = class A {}' })
  const none = join(inner, '*.entity.js')
  expect((await failure(() => new DataSource(options([none])).initialize())).message).toBe(
    `entities: no file matches '${none}'`,
  )
  const plain = join(inner, '*.js')
  expect((await failure(() => new DataSource(options([plain])).initialize())).message).toBe(
    `entities: the files of '${plain}' export no class with @Entity()`,
  )
})

it('passes on what a file throws', async () => {
  const inner = await files({ 'a.js': 'throw new RangeError("broken file")' })
  await expect(new DataSource(options([join(inner, '*.js')])).initialize()).rejects.toThrow(
    'broken file',
  )
})

it('loads ES modules too, in a process of their own', async () => {
  // Node's own loader: the one of the specs has no ES modules.
  await run(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    join(folder, 'dist'),
  ])
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const coodie = join(folder, 'dist/index.js')
  const esm = (name: string) =>
    commonJs(name, coodie)
      .replace(/const (.*) = require\((.*)\)/u, 'import coodie from $2; const $1 = coodie')
      .replace(/exports\.(\w+) = /u, 'export default ')
  const inner = await files({
    'package.json': '{"type":"module"}',
    'a.mjs': esm('InMjs'),
    'b.js': esm('InModuleJs'),
    'c.cjs': commonJs('InCommonJs', coodie),
    'main.mjs': `
import coodie from ${JSON.stringify(coodie)}
const db = await new coodie.DataSource(${JSON.stringify(options(['PLACE/[abc].*js']))}).initialize()
const [{ target }] = db.entityMetadatas
const repository = db.getRepository(target)
await repository.save({ id: 1, name: 'x' })
console.log(JSON.stringify([db.entityMetadatas.map(({ name }) => name), await repository.find()]))
await db.destroy()`,
  })
  const main = join(inner, 'main.mjs')
  await writeFile(main, (await readFile(main, 'utf8')).replace('PLACE', inner))
  const { stdout } = await run(process.execPath, [main], { timeout: 30_000 })
  expect(JSON.parse(stdout)).toEqual([
    ['InMjs', 'InModuleJs', 'InCommonJs'],
    [{ id: 1, name: 'x' }],
  ])
})
