import { unreachable } from '../../lib/errors/unreachable'

describe('unreachable', () => {
  it('names what the types did not allow', () => {
    expect(() => unreachable('vector' as never)).toThrow('Unexpected kind: vector')
    expect(() => unreachable('x' as never, 'operator')).toThrow('Unexpected operator: x')
  })
})
