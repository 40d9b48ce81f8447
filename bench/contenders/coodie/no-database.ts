import { dirname, join } from 'node:path'
import { DataSource, In, type Repository, getEntityMetadata } from 'coodie'
import { Address, Contact, Customer } from '../../models/customers'
import type { NoDatabase } from '../contender'
import { type Context, properties } from './context'
import { reads } from './reads'

const address = { street: 'Main Street 1', city: 'Springfield', zip: 12_345 }
const recorded = reads['partition-1000-rows']

/** The names in the built package that are not public. */
function inside<T>(path: string): T {
  return require(join(dirname(require.resolve('coodie')), path)) as T
}

/** A repository that needs no server. */
function customersIn(keyspace: string): Repository<Customer> {
  return new DataSource({
    contactPoints: ['127.0.0.1'],
    localDataCenter: 'datacenter1',
    keyspace,
    entities: [Customer],
  }).getRepository(Customer)
}

export const noDatabase: NoDatabase<Context> = {
  instantiation: ({ products }, given) => {
    const row = properties(products, given, 'products')(0)
    return () => products.create(row)
  },
  serialization: ({ products }, given) => {
    const product = products.create(properties(products, given, 'products')(0))
    return () => products.toPlain(product)
  },
  'udt-instantiation': () => () => Object.assign(new Address(), address),
  'udt-serialization': ({ keyspace }) => {
    const customers = customersIn(keyspace)
    const value = { address: Object.assign(new Address(), address) }
    return () => customers.toPlain(value)['address']
  },
  'udt-nested-serialization': ({ keyspace }) => {
    const customers = customersIn(keyspace)
    const home = Object.assign(new Address(), address)
    const work = Object.assign(new Address(), { ...address, street: 'Side Street 2' })
    const value = { contact: Object.assign(new Contact(), { name: 'Ann', home, work }) }
    return () => customers.toPlain(value)['contact']
  },
  'udt-ddl': ({ keyspace }) => {
    const { declaredTypes } = inside<typeof import('../../../lib/schema/model/declared-types')>(
      'schema/model/declared-types',
    )
    const { createType } = inside<typeof import('../../../lib/schema/ddl')>('schema/ddl')
    const metadata = getEntityMetadata(Customer)
    return () => declaredTypes(metadata.userTypes, keyspace).map(createType).join('; ')
  },
  'test-run-instantiation': ({ runs }, given) => {
    const { endTime: _, scyllaVersion: __, ...row } = properties(runs, given, 'test_runs')(0)
    return () => runs.create(row)
  },
  'row-to-entity-1': recorded,
  'row-to-entity-10': recorded,
  'row-to-entity-100': recorded,
  'row-to-entity-1000': recorded,
  // Nothing can be in an empty list: the statement is found and bound, and nothing is sent.
  'statement-lookup': ({ products }) => {
    const where = { id: In<never>([]) }
    return () => products.find({ where, limit: 10 })
  },
}
