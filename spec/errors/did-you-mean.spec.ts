import fc from 'fast-check'
import { didYouMean, nearest } from '../../lib/errors/did-you-mean'
import { editDistance } from '../../lib/errors/edit-distance'

describe('nearest', () => {
  it.each([
    ['mpa', ['a', 'int', 'map', 'm'], 'map'],
    ['prat', ['rate', 'pr', 'part', 'prate'], 'part'],
    ['Name', ['id', 'name'], 'name'],
    ['nmae', ['me', 'names', 'name'], 'name'],
    ['emial', ['mail', 'email'], 'email'],
    ['alowFiltering', ['where', 'allowFiltering'], 'allowFiltering'],
    ['where', ['id', 'wher'], 'wher'],
  ])('finds the name meant by %s in %j', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected)
  })

  it.each([
    ['description', ['id', 'script']],
    ['price', ['id', 'x']],
    ['ab', ['xy', 'c']],
  ])('suggests nothing for %s in %j', (name, candidates) => {
    expect(nearest(name, candidates)).toBeUndefined()
    expect(didYouMean(name, candidates)).toBe('')
  })

  it('writes the tail of a message', () => {
    expect(didYouMean('prat', ['part'])).toBe("; did you mean 'part'?")
  })
})

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['map', 'mpa', 1],
    ['part', 'prat', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('of %j and %j is %i', (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected)
    expect(editDistance(b, a)).toBe(expected)
  })

  it('is symmetric, 0 for equal texts alone, and at most the longer length', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b)
        expect(editDistance(b, a)).toBe(distance)
        expect(distance === 0).toBe(a === b)
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
