import {
  boolean,
  callback,
  findMisfit,
  milliseconds,
  neverUndefined,
  object,
  objectOf,
  oneOf,
  signal,
  text,
  texts,
  wholeFrom,
} from '../../lib/errors/option-checks'

it.each([
  [boolean, true, 'yes', 'must be true or false'],
  [text, '', 7, 'must be a string'],
  [texts, ['a'], ['a', 1], 'must be an array of strings'],
  [object, {}, [], 'must be an object'],
  [object, {}, null, 'must be an object'],
  [callback, () => undefined, {}, 'must be a function'],
  [signal, new AbortController().signal, {}, 'must be an AbortSignal'],
  [milliseconds, 0.5, -1, 'must be a number of milliseconds from 0'],
  [milliseconds, 0, Number.NaN, 'must be a number of milliseconds from 0'],
  [wholeFrom(1), 1, 0, 'must be a whole number from 1'],
  [wholeFrom(0), 2_147_483_647, 2_147_483_648, 'must be a whole number from 0'],
  [wholeFrom(1), 5, '5', 'must be a whole number from 1'],
  [oneOf(['one', 'all']), 'all', 'al', `must be one of 'one', 'all'; did you mean 'all'?`],
  [oneOf(['one', 'all']), 'one', undefined, `must be one of 'one', 'all'`],
  [
    objectOf({ flag: boolean }),
    { flag: false },
    { flags: 1 },
    `has no option 'flags'; did you mean 'flag'?`,
  ],
  [objectOf({ a: boolean }), {}, { a: 1 }, 'a must be true or false'],
  [objectOf({ a: boolean }), { a: undefined }, 'a', 'must be an object'],
])('check %#', (check, right, wrong, refusal) => {
  expect(check(right)).toBeUndefined()
  expect(check(wrong)).toBe(refusal)
})

describe('findMisfit', () => {
  const table = new Map([
    ['flag', boolean],
    ['where', neverUndefined((value) => (value === undefined ? 'is undefined' : undefined))],
    ['free', undefined],
  ])

  it('finds nothing in options that fit, or are undefined', () => {
    expect(findMisfit({ flag: true, where: {}, free: Symbol('any') }, table)).toBeUndefined()
    expect(findMisfit({ flag: undefined, free: undefined }, table)).toBeUndefined()
    expect(findMisfit({}, table)).toBeUndefined()
  })

  it('finds the first name that is not known, and suggests another one', () => {
    expect(findMisfit({ flag: true, flags: true, more: 1 }, table)).toEqual({
      option: 'flags',
      isUnknown: true,
      reason: `has no option 'flags'; did you mean 'flag'?`,
    })
    expect(findMisfit({ constructor: 1 }, table)).toMatchObject({ isUnknown: true })
  })

  it('finds the first value that does not fit', () => {
    expect(findMisfit({ free: 1, flag: 1 }, table)).toEqual({
      option: 'flag',
      isUnknown: false,
      reason: 'flag must be true or false',
    })
  })

  it('refuses undefined where it would be taken for something', () => {
    expect(findMisfit({ where: undefined }, table)?.reason).toBe('where is undefined')
  })
})
