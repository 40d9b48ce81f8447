import { printType } from '../../lib/cql/print-type'
import { parseMarshalType } from '../../lib/driver/internals/marshal-type'
import { isKnownType } from '../../lib/driver/types/server-type'

const marshal = 'org.apache.cassandra.db.marshal.'

const printed = (text: string) => {
  const type = parseMarshalType(text.replaceAll(/[A-Z]\w+/gu, (name) => marshal + name))
  return isKnownType(type) ? printType(type) : undefined
}

it.each([
  ['DurationType', 'duration'],
  ['LegacyTimeUUIDType', 'timeuuid'],
  ['ReversedType(VectorType(FloatType, 2))', 'vector<float, 2>'],
  ['VectorType(UserType(ks,61,62:Int32Type), 2)', 'vector<"a", 2>'],
  ['VectorType(FloatType , 3)', 'vector<float, 3>'],
  ['VectorType(VectorType(FloatType , 2) , 3)', 'vector<vector<float, 2>, 3>'],
  ['VectorType(ListType(UTF8Type) , 1)', 'vector<list<text>, 1>'],
  ['VectorType(FrozenType(SetType(Int32Type)), 2)', 'vector<set<int>, 2>'],
  [
    'VectorType(MapType(UTF8Type,VectorType(DoubleType, 4)), 2)',
    'vector<map<text, vector<double, 4>>, 2>',
  ],
  ['VectorType(TupleType(Int32Type,UUIDType,LongType), 2)', 'vector<tuple<int, uuid, bigint>, 2>'],
])('%s is %s', (text, expected) => {
  expect(printed(text)).toBe(expected)
})

it.each([
  'VectorType(FloatType)',
  'VectorType(FloatType, 2',
  'VectorType(FloatType, 2))',
  'UserType(ks,61,62:UnknownType)',
  'UserType(ks,61,62)',
  'MapType(Int32Type)',
  'UnknownType',
  '',
])('%j is not known', (text) => {
  expect(printed(text)).toBeUndefined()
})

it('tells the fields of a user-defined type', () => {
  expect(
    parseMarshalType(`${marshal}UserType(ks,61,66:${marshal}Int32Type,67:${marshal}UTF8Type)`),
  ).toEqual({
    kind: 'udt',
    name: 'a',
    fields: [
      { name: 'f', type: { kind: 'native', name: 'int' } },
      { name: 'g', type: { kind: 'native', name: 'text' } },
    ],
  })
})
