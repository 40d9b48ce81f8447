import { SchemaError } from '../../lib'
import { buildDrops } from '../../lib/schema/diff/drop-statements'
import { keyspace, table, userType } from './models'

const key = { partition: ['id int'] }
const view = (name: string) => ({ keyspace: 'shop', name, from: 't', columns: [], options: {} })
const inner = userType('inner', { n: 'int' })
const outer = userType('outer', { i: 'frozen<inner>' })

it('drops views before tables, and types after what contains them', () => {
  const model = keyspace([table('t', key)], [inner, outer], { views: [view('v')] })
  expect(buildDrops(model, model, false)).toEqual([
    'DROP MATERIALIZED VIEW IF EXISTS "shop"."v"',
    'DROP TABLE IF EXISTS "shop"."t"',
    'DROP TYPE IF EXISTS "shop"."outer"',
    'DROP TYPE IF EXISTS "shop"."inner"',
  ])
})

it('drops only what exists, and leaves types that no class declares', () => {
  const wanted = keyspace([table('t', key), table('absent', key)], [inner])
  expect(buildDrops(wanted, keyspace([table('t', key)], [inner, outer]), false)).toEqual([
    'DROP TABLE IF EXISTS "shop"."t"',
    'DROP TYPE IF EXISTS "shop"."inner"',
  ])
})

it('refuses while tables or views exist that no class maps', () => {
  const found = keyspace([table('t', key), table('foreign', key)], [], { views: [view('v')] })
  const drops = () => buildDrops(keyspace([table('t', key)]), found, false)
  expect(drops).toThrow(SchemaError)
  expect(drops).toThrow(
    "keyspace 'shop' has tables or views that no class maps: foreign, v; " +
      'add their classes to entities, or call drop({ force: true }) to drop them too, with all their rows',
  )
})

it('drops everything by force', () => {
  const found = keyspace([table('foreign', key)], [outer], { views: [view('v')] })
  expect(buildDrops(keyspace([]), found, true)).toEqual([
    'DROP MATERIALIZED VIEW IF EXISTS "shop"."v"',
    'DROP TABLE IF EXISTS "shop"."foreign"',
    'DROP TYPE IF EXISTS "shop"."outer"',
  ])
})
