import * as coodie from '../../lib'
import { nativeNames, nativeType } from '../../lib/cql/native-types'

const rows = nativeNames.map(nativeType)

it('has a protocol code and a class of the server for one type alone', () => {
  for (const facts of [
    rows.flatMap(({ codes }) => codes),
    rows.flatMap(({ marshalClass }) => marshalClass ?? []),
  ]) {
    expect(new Set<unknown>(facts).size).toBe(facts.length)
  }
})

it('names property types that generated classes can use', () => {
  const own = rows.filter(({ property }) => !/^[a-z]/u.test(property) && !(property in globalThis))
  expect(own.filter(({ property }) => !(property in coodie))).toEqual([])
  expect(own.length).toBeGreaterThan(5)
})
