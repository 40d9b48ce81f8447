import fc from 'fast-check'
import { Construction } from '../../lib/metadata/construction'

class Point {
  readonly x: unknown
  y: unknown = 'initial'
  z: unknown = 'initial'
  constructor(x: unknown) {
    this.x = x
  }
}

const properties = ['x', 'y', 'z']
const made = (construct: (row: Readonly<Record<string, unknown>>) => unknown) =>
  new Construction(Point, construct as never, properties)

it('sets what construct does not read, and nothing else', () => {
  const construction = made((row) => new Point(`<${String(row['x'])}>`))
  expect({ ...construction.make({ x: 1, y: 2, z: undefined }) }).toEqual({
    x: '<1>',
    y: 2,
    z: undefined,
  })
  expect({ ...construction.make({ x: 1 }) }).toEqual({ x: '<1>', y: 'initial', z: 'initial' })
})

it('decides by each row, since construct may read other properties of another one', () => {
  const construction = made((row) => {
    const point = new Point(row['x'])
    if (row['x'] === 1) point.y = `<${String(row['y'])}>`
    return point
  })
  expect(construction.make({ x: 1, y: 2 })).toMatchObject({ y: '<2>' })
  expect(construction.make({ x: 2, y: 2 })).toMatchObject({ y: 2 })
  expect(construction.make({ x: 1, y: 3 })).toMatchObject({ y: '<3>' })
})

it('takes a spread row and a destructured one as read', () => {
  const spread = made((row) => Object.assign(new Point(0), { ...row, y: 'mine' }))
  expect(spread.make({ x: 1, y: 2, z: 3 })).toMatchObject({ x: 1, y: 'mine', z: 3 })
  const rest = made(({ x, ...others }) => Object.assign(new Point(x), others, { z: 'mine' }))
  expect(rest.make({ x: 1, y: 2, z: 3 })).toMatchObject({ x: 1, y: 2, z: 'mine' })
})

it('loses no value of any row, whatever construct reads', () => {
  const value = fc.constantFrom(undefined, null, 0, 'a')
  fc.assert(
    fc.property(
      fc.record({ x: value, y: value, z: value }),
      fc.subarray(properties),
      (row, read) => {
        const construction = made((given) => {
          const point = new Point(given['x'])
          for (const property of read) Object.assign(point, { [property]: given[property] })
          return point
        })
        expect({ ...construction.make(row) }).toEqual(row)
      },
    ),
  )
})
