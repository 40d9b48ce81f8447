import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Column, DataSource, Entity, PartitionKey, Uuid } from '../../lib'

/*
 * Which copy of class-transformer counts, told in order: nobody has loaded one, an application loads its own from its
 * own folder, another copy appears. Nothing here imports class-transformer by its name.
 */

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-copies-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const installed = join(__dirname, '../../node_modules/class-transformer')

/** Loads a copy of class-transformer, as an application does that has it in its own node_modules. */
function copyOf(application: string): typeof import('class-transformer') {
  const place = join(folder, application, 'node_modules/class-transformer')
  for (const part of ['cjs', 'package.json']) {
    cpSync(join(installed, part), join(place, part), { recursive: true })
  }
  return require(place) as typeof import('class-transformer')
}

const loaded = () =>
  Object.keys(require.cache).filter((path) =>
    /node_modules.class-(?:transformer|validator)/u.test(path),
  )

const options = { contactPoints: ['127.0.0.1:1'], localDataCenter: 'datacenter1', keyspace: 'shop' }
const id = Uuid.fromString('c0ffee00-0000-4000-8000-000000000001')

function makeUser(decorate: (target: object, property: string) => void) {
  @Entity('users')
  class User {
    @PartitionKey('uuid') id!: Uuid
    @Column('text') password = ''
  }
  decorate(User.prototype, 'password')
  const db = new DataSource({ ...options, entities: [User] })
  return { users: db.getRepository(User), db }
}

it('is not loaded for an application that does not use it', () => {
  const { users, db } = makeUser(() => undefined)
  db.registerPlain()
  const user = users.create({ id, password: 'secret' })
  expect(users.toPlain(user)).toEqual({ id: String(id), password: 'secret' })
  expect(users.fromPlain({ id: String(id), password: 'secret' })).toEqual(user)
  expect(loaded()).toEqual([])
})

it('is the one that the application loaded, wherever it lies', () => {
  const transformer = copyOf('first')
  const { users, db } = makeUser(transformer.Exclude())
  const user = users.create({ id, password: 'secret' })
  expect(users.toPlain(user)).toEqual({ id: String(id) })
  db.registerPlain()
  expect(transformer.instanceToPlain(user)).toEqual({ id: String(id) })
})

it('is refused when there are two, of which one would not know what to exclude', () => {
  const transformer = copyOf('second')
  const { users, db } = makeUser(transformer.Exclude())
  const user = users.create({ id, password: 'secret' })
  const places = ['first', 'second'].map((name) =>
    join(folder, name, 'node_modules/class-transformer'),
  )
  expect(() => users.toPlain(user)).toThrow(
    'several copies of class-transformer are loaded, and the decorators of one mean nothing to the others: ' +
      `${places.join(', ')}; install one copy for all (npm dedupe)`,
  )
  expect(() => users.fromPlain({})).toThrow('several copies of class-transformer are loaded')
  // Each copy still converts entities by its own decorators.
  db.registerPlain()
  expect(transformer.instanceToPlain(user)).toEqual({ id: String(id) })
})
