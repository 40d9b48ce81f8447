import fc from 'fast-check'
import type { CqlType } from '../../lib/cql/cql-type'
import { nativeNames } from '../../lib/cql/native-types'
import { parseType } from '../../lib/cql/parse-type'
import { printType, sameType } from '../../lib/cql/print-type'

const { type } = fc.letrec<{ type: CqlType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...nativeNames).map((name): CqlType => ({ kind: 'native', name })),
    fc.string({ minLength: 1 }).map((name): CqlType => ({ kind: 'udt', name })),
    fc
      .tuple(fc.constantFrom('list', 'set', 'frozen'), tie('type'))
      .map(([kind, of]) => ({ kind, of })),
    fc
      .tuple(tie('type'), tie('type'))
      .map(([key, value]): CqlType => ({ kind: 'map', key, value })),
    fc
      .array(tie('type'), { minLength: 1, maxLength: 3 })
      .map((of): CqlType => ({ kind: 'tuple', of })),
    fc
      .tuple(tie('type'), fc.integer({ min: 1, max: 2000 }))
      .map(([of, dimension]): CqlType => ({ kind: 'vector', of, dimension })),
  ),
}))

it('reads back what was printed', () => {
  fc.assert(fc.property(type, (tree) => expect(parseType(printType(tree))).toEqual(tree)))
})

it.each([
  ['INT', 'int'],
  ['varchar', 'text'],
  [' map < text , frozen<list< int >> > ', 'map<text, frozen<list<int>>>'],
  ['vector<float,3>', 'vector<float, 3>'],
  ['tuple<int, text>', 'tuple<int, text>'],
  ['Address', '"address"'],
  ['"Ad""dress"', '"Ad""dress"'],
])('reads %s', (text, printed) => {
  expect(printType(parseType(text))).toBe(printed)
})

it.each([
  ['', "'' is not a CQL type"],
  ['list', "'list' is not a CQL type: list takes its types in <>"],
  ['list<>', "'list<>' is not a CQL type: the name of a type is missing"],
  ['list<text', "'list<text' is not a CQL type: a '>' is missing"],
  ['list<int, int>', "'list<int, int>' is not a CQL type: list<T> takes one type"],
  ['map<int>', "'map<int>' is not a CQL type: map<K, V> takes two types"],
  ['vector<float>', "'vector<float>' is not a CQL type: vector<T, n> takes a type and a number"],
  [
    'vector<float, 0>',
    "'vector<float, 0>' is not a CQL type: vector<T, n> takes a type and a number",
  ],
  ['int int', "'int int' is not a CQL type: 'int' is too much"],
  ['"a', `'"a' is not a CQL type: a quote is not closed`],
  ['a-b', "'a-b' is not a CQL type: 'a-b' is not a name"],
])('refuses %j', (text, message) => {
  expect(() => parseType(text)).toThrow(message)
})

it('refuses a name that is not native where only those are meant, with the nearest', () => {
  expect(() => parseType('list<strng>', { userTypes: false })).toThrow(
    "'strng' is not a CQL type; a user-defined type is written () => TheClass",
  )
  expect(() => parseType('txt', { userTypes: false })).toThrow("did you mean 'text'?")
})

it.each([
  ['tuple<int, text>', 'frozen<tuple<int, text>>', true],
  ['frozen<vector<float, 2>>', 'vector<float, 2>', true],
  ['frozen<list<list<int>>>', 'frozen<list<frozen<list<int>>>>', true],
  ['list<frozen<set<int>>>', 'list<frozen<set<int>>>', true],
  ['list<int>', 'frozen<list<int>>', false],
  ['tuple<int, text>', 'tuple<text, int>', false],
  ['vector<float, 2>', 'vector<float, 3>', false],
])('takes %s and %s for the same: %s', (a, b, same) => {
  expect(sameType(parseType(a), parseType(b))).toBe(same)
})
