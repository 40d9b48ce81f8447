import { type Class, DataSource, DeclarationError, Entity, PartitionKey } from '../../lib'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { refuseSharedTables } from '../../lib/metadata/build/refuse-shared-tables'

type Decorate = (target: Class) => void

function classNamed(name: string, decorate: Decorate, base: Class = Object): Class {
  const target = class extends (base as new () => object) {}
  Object.defineProperty(target, 'name', { value: name })
  if (base === Object) PartitionKey('int')(target.prototype, 'id')
  decorate(target)
  return target
}

const refuse = (...classes: readonly Class[]) =>
  refuseSharedTables(classes.map((each) => buildMetadata(each)))

it('refuses two unrelated classes that derive one table name, as a minifier makes them', () => {
  const one = classNamed('tea', Entity())
  const other = classNamed('tea', Entity())
  const message =
    "tea: has the table 'tea', which an unrelated class tea has too, both by the names of the classes; " +
    'name the table of each: @Entity(name)'
  expect(() => refuse(one, other)).toThrow(DeclarationError)
  expect(() => refuse(one, other)).toThrow(message)
  expect(() => refuse(one, classNamed('Tea', Entity()))).toThrow("Tea: has the table 'tea'")
})

it('refuses them when the data source starts, before anything is sent', async () => {
  const entities = [classNamed('User', Entity()), classNamed('User', Entity())]
  const db = new DataSource({ contactPoints: ['127.0.0.1:1'], localDataCenter: 'x', entities })
  await expect(db.initialize()).rejects.toThrow(
    "User: has the table 'user', which an unrelated class User has too",
  )
})

it('takes classes that name their table, related ones, other keyspaces, and one class twice', () => {
  const one = classNamed('User', Entity())
  refuse(one, classNamed('User', Entity('user')))
  refuse(one, one)
  refuse(one, classNamed('User', Entity(), one))
  refuse(one, classNamed('User', Entity({ keyspace: 'other' })))
})
