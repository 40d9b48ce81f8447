import type { Client } from 'cassandra-driver'
import { type NoDatabase, ringOf } from '../contender'
import { reads } from './reads'

const noEntities = { cannot: 'it has no entities' }
const noTypes = { cannot: 'it has no classes of user-defined types' }
const address = { street: 'Main Street 1', city: 'Springfield', zip: 12_345 }
const safe = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const recorded = reads['partition-1000-rows']

export const noDatabase: NoDatabase<Client> = {
  instantiation: noEntities,
  serialization: (_, given) => {
    const row = ringOf(given, 'products')(0)
    return () => safe(row)
  },
  'udt-instantiation': noTypes,
  'udt-serialization': () => () => safe(address),
  'udt-nested-serialization': () => {
    const customer = { name: 'Ann', home: address, work: { ...address, street: 'Side Street 2' } }
    return () => safe(customer)
  },
  'udt-ddl': noTypes,
  'test-run-instantiation': noEntities,
  'row-to-entity-1': recorded,
  'row-to-entity-10': recorded,
  'row-to-entity-100': recorded,
  'row-to-entity-1000': recorded,
  'statement-lookup': { cannot: 'it has no step of its own for it' },
}
