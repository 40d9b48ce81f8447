import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Column, DataSource, Entity, PartitionKey, type ValidationError } from '../../lib'
import { failure } from '../server/failure'

/*
 * Which copy of class-validator counts, told in order: nobody has loaded one, an application loads its own, another
 * copy that shares what it recorded, and one that does not. Nothing here imports class-validator by its name.
 */

const installed = join(__dirname, '../../node_modules')

type Package = typeof import('class-validator')

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-copies-')))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  delete (globalThis as { classValidatorMetadataStorage?: unknown }).classValidatorMetadataStorage
})

function copyOf(application: string, change = (source: string) => source): Package {
  const own = join(folder, application, 'node_modules')
  const place = join(own, 'class-validator')
  for (const part of ['cjs', 'package.json']) {
    cpSync(join(installed, 'class-validator', part), join(place, part), { recursive: true })
  }
  for (const name of ['validator', 'libphonenumber-js']) {
    if (!existsSync(join(own, name))) symlinkSync(join(installed, name), join(own, name))
  }
  const storage = join(place, 'cjs/metadata/MetadataStorage.js')
  writeFileSync(storage, change(readFileSync(storage, 'utf8')))
  return require(place) as Package
}

const options = { contactPoints: ['127.0.0.1:1'], localDataCenter: 'datacenter1', keyspace: 'shop' }

function makeUsers(decorate: (target: object, property: string) => void) {
  @Entity('users')
  class User {
    @PartitionKey('int') id!: number
    @Column('text') mail = ''
  }
  decorate(User.prototype, 'mail')
  return new DataSource({ ...options, entities: [User] }).getRepository(User)
}

const constraintsOf = async (users: ReturnType<typeof makeUsers>) => {
  const error = await failure(() => users.fromPlainAsync({ id: 1, mail: 'x' }))
  return (error as ValidationError).errors.map(({ constraint }) => constraint)
}

it('is not loaded for an application that does not use it', () => {
  const users = makeUsers(() => undefined)
  expect(users.fromPlain({ id: 1, mail: 'x' })).toMatchObject({ mail: 'x' })
  expect(
    Object.keys(require.cache).filter((path) => /node_modules.class-validator/u.test(path)),
  ).toEqual([])
})

it('is the one that the application loaded, with others that share its constraints', async () => {
  const first = copyOf('first')
  expect(await constraintsOf(makeUsers(first.IsEmail()))).toEqual(['isEmail'])
  const second = copyOf('second')
  expect(await constraintsOf(makeUsers(second.IsEmail()))).toEqual(['isEmail'])
})

it('is refused beside one that keeps its constraints to itself', async () => {
  const first = copyOf('first')
  copyOf('third', (source) => source.replaceAll('classValidatorMetadataStorage', 'storageOfItsOwn'))
  const users = makeUsers(first.IsEmail())
  expect((await failure(() => users.fromPlainAsync({ id: 1 }))).message).toMatch(
    /^several copies of class-validator are loaded, and the decorators of one mean nothing to the others: .*third.*; install one copy for all \(npm dedupe\)$/u,
  )
})
