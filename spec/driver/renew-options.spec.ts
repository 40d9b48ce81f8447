import { ExecutionProfile, policies } from 'cassandra-driver'
import { renewOptions } from '../../lib/driver/internals/renew-options'

const { DCAwareRoundRobinPolicy, TokenAwarePolicy } = policies.loadBalancing

const fieldsOf = (value: object) => value as Record<string, unknown>

it('copies profiles, into which a client writes, and leaves those that were given', () => {
  const profiles = [new ExecutionProfile('olap', { readTimeout: 5 })]
  const renewed = renewOptions({ profiles })
  expect(renewed.profiles).not.toBe(profiles)
  expect(renewed.profiles?.[0]).toBeInstanceOf(ExecutionProfile)
  expect(renewed.profiles?.[0]).not.toBe(profiles[0])
  expect(renewed.profiles).toEqual(profiles)
})

it('lets policies forget the hosts of their last client, inside of others and of profiles too', () => {
  const inner = new DCAwareRoundRobinPolicy('dc1')
  const ofProfile = new DCAwareRoundRobinPolicy('dc2')
  const byDefault = policies.defaultLoadBalancingPolicy('dc1')
  fieldsOf(inner)['localHostsArray'] = ['closed']
  fieldsOf(ofProfile)['localHostsArray'] = ['closed']
  fieldsOf(byDefault)['_filteredHosts'] = ['closed']
  renewOptions({ policies: { loadBalancing: byDefault } })
  renewOptions({
    policies: { loadBalancing: new TokenAwarePolicy(inner) },
    profiles: [new ExecutionProfile('a', { loadBalancing: ofProfile })],
  })
  expect(fieldsOf(inner)['localHostsArray']).toBeNull()
  expect(fieldsOf(ofProfile)['localHostsArray']).toBeNull()
  expect(fieldsOf(byDefault)['_filteredHosts']).toBeNull()
  expect(fieldsOf(inner)['localDc']).toBe('dc1')
})

it('leaves policies of others as they are, and options without policies', () => {
  class Own extends policies.loadBalancing.LoadBalancingPolicy {
    readonly hosts = ['own']
  }
  const own = new Own()
  renewOptions({ policies: { loadBalancing: own } })
  expect(own.hosts).toEqual(['own'])
  const options = { contactPoints: ['a'] }
  expect(renewOptions(options)).toBe(options)
})
