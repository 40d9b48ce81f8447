import { testConnection } from '../../lib/testing'

const names = ['CONTACT_POINTS', 'LOCAL_DATACENTER', 'USERNAME', 'PASSWORD'] as const
const before = names.map((name) => [`CASSANDRA_${name}`, process.env[`CASSANDRA_${name}`]] as const)

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

it('reads the connection of the tests from the environment', () => {
  process.env['CASSANDRA_CONTACT_POINTS'] = '127.0.0.1:9042, 127.0.0.2:9042'
  process.env['CASSANDRA_LOCAL_DATACENTER'] = 'dc2'
  expect(testConnection()).toEqual({
    contactPoints: ['127.0.0.1:9042', '127.0.0.2:9042'],
    localDataCenter: 'dc2',
  })
  process.env['CASSANDRA_USERNAME'] = 'ann'
  process.env['CASSANDRA_PASSWORD'] = 'secret'
  expect(testConnection()).toMatchObject({ credentials: { username: 'ann', password: 'secret' } })
})

it('says what to do if there is no server', () => {
  delete process.env['CASSANDRA_CONTACT_POINTS']
  expect(() => testConnection()).toThrow(
    'no server was started for the tests: call setupCassandra() in a globalSetup file, or set CASSANDRA_CONTACT_POINTS',
  )
})
