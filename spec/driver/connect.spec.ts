import { withPort } from '../../lib/driver/connect'

const portOf = (contactPoints: string[], port?: number) =>
  withPort({ contactPoints, ...(port === undefined ? {} : { protocolOptions: { port } }) })
    .protocolOptions?.port

describe('the port of nodes that are found', () => {
  it.each([
    [['a:9142'], 9142],
    [['10.0.0.1:9142', 'b.example:9142'], 9142],
    [['[::1]:9142'], 9142],
  ])('is that of the contact points %j', (contactPoints, expected) => {
    expect(portOf(contactPoints)).toBe(expected)
  })

  it.each([[['a']], [['a', 'b:9142']], [['a:9042', 'b:9142']], [['::1']], [[]]])(
    'is the driver’s own where they do not agree: %j',
    (contactPoints) => {
      expect(portOf(contactPoints)).toBeUndefined()
    },
  )

  it('is the one that is given', () => {
    expect(portOf(['a:9142'], 9042)).toBe(9042)
  })

  it('leaves other options of the protocol', () => {
    const { protocolOptions } = withPort({
      contactPoints: ['a:9142'],
      protocolOptions: { maxVersion: 3 },
    })
    expect(protocolOptions).toEqual({ maxVersion: 3, port: 9142 })
  })
})
