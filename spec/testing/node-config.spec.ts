import { type NodeSettings, cassandraYaml, javaArguments } from '../../lib/testing/node-config'

const settings = (version: string): NodeSettings => ({
  version,
  address: '127.0.0.1',
  seed: '127.0.0.1',
  nativePort: 9042,
  storagePort: 7000,
  jmxPort: 7199,
  dir: '/tmp/node',
  hasAuthentication: false,
  heap: 512,
  isAlone: true,
  isKept: false,
  hasOptionalFeatures: true,
})
const jars = ['jamm-0.3.2.jar', 'cassandra-all.jar']

it('tells Cassandra 4 nothing that it does not know, and gives it what measures its objects under Java 17', () => {
  expect(cassandraYaml(settings('5.0.6'))).toContain('storage_compatibility_mode: NONE\n')
  expect(cassandraYaml(settings('4.1.9'))).not.toContain('storage_compatibility_mode')
  const agent = '-javaagent:/jars/jamm-0.3.2.jar'
  expect(javaArguments(settings('4.1.9'), '/jars', jars)).toContain(agent)
  expect(javaArguments(settings('5.0.6'), '/jars', jars)).not.toContain(agent)
})

it('leaves off what production has off, if it is told so', () => {
  const optional = /materialized_views|user_defined_functions|sasi|masking/u
  const inProduction = { ...settings('5.0.6'), hasOptionalFeatures: false }
  expect(cassandraYaml(settings('5.0.6'))).toMatch(optional)
  expect(cassandraYaml(inProduction)).not.toMatch(optional)
  expect(cassandraYaml(settings('4.1.9'))).not.toMatch(/masking/u)
})
