import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

/*
 * A bundle has no list of loaded modules: the copy of class-transformer that the bundler put beside coodie counts, in
 * whichever of its builds.
 */

const root = resolve(__dirname, '../..')
const modules = join(root, 'node_modules')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coodie-bundled-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const program = `
  import 'reflect-metadata'
  import { Exclude } from 'class-transformer'
  import { IsEmail } from 'class-validator'
  import { Column, DataSource, Entity, PartitionKey } from 'coodie'
  class User {}
  PartitionKey('text')(User.prototype, 'name')
  Column('text')(User.prototype, 'password')
  Column('text')(User.prototype, 'mail')
  Exclude()(User.prototype, 'password')
  IsEmail()(User.prototype, 'mail')
  Entity('users')(User)
  const options = { contactPoints: ['127.0.0.1:1'], localDataCenter: 'datacenter1', keyspace: 'shop' }
  const users = new DataSource({ ...options, entities: [User] }).getRepository(User)
  const told = (run) => { try { return run() } catch (error) { return error.message } }
  console.log(JSON.stringify([
    told(() => users.toPlain(users.create({ name: 'Ann', password: 'secret' }))),
    told(() => users.fromPlain({ name: 'Ann', mail: 'x' })),
  ]))
`

const run = promisify(execFile)

/** The output of the program, bundled with these options of esbuild. */
async function outputOf(...options: readonly string[]): Promise<unknown> {
  const entry = join(folder, 'program.mjs')
  const bundle = join(folder, 'bundle.cjs')
  await writeFile(entry, program)
  const env = { ...process.env, NODE_PATH: modules }
  await run(
    join(modules, 'esbuild/bin/esbuild'),
    [
      entry,
      `--outfile=${bundle}`,
      '--bundle',
      '--platform=node',
      '--target=node20',
      `--alias:coodie=${join(root, 'lib/index.ts')}`,
      '--external:cassandra-driver',
      '--external:tinyglobby',
      '--log-level=error',
      ...options,
    ],
    { env },
  )
  const { stdout } = await run('node', [bundle], { env })
  return JSON.parse(stdout)
}

const excluded = [{ name: 'Ann' }, 'User.mail: mail must be an email (isEmail)']

it('of CommonJS is known', async () => {
  expect(await outputOf()).toEqual(excluded)
})

it('of ES modules is known, minified too', async () => {
  expect(await outputOf('--main-fields=module,main', '--minify', '--keep-names')).toEqual(excluded)
})

it('left out of the bundle is known', async () => {
  expect(await outputOf('--external:class-transformer', '--external:class-validator')).toEqual(
    excluded,
  )
})

it('is refused when only a part of it is in the bundle', async () => {
  const [message] = (await outputOf('--external:class-transformer/*')) as [string]
  expect(message).toBe(
    'class-transformer was bundled in a way that hides its decorators from coodie; ' +
      'leave class-transformer out of the bundle (external)',
  )
})
