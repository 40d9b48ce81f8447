import {
  type ColumnMetadata,
  ClusteringKey,
  Column,
  Entity,
  Field,
  Index,
  PartitionKey,
  StaticColumn,
  UserDefinedType,
  frozen,
  getEntityMetadata,
  list,
} from '../../lib'
import { printType } from '../../lib/cql/print-type'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { applyNaming } from '../../lib/metadata/naming-strategy'

abstract class Placed {
  @Field('double') latitude!: number
  @Field('double') longitude!: number
}

@UserDefinedType()
class GeoPoint extends Placed {
  @Field('text', { name: 'Label' }) label?: string | null
}

@UserDefinedType('address')
class HomeAddress {
  @Field(frozen(() => GeoPoint)) geoPoint!: GeoPoint
  @Field(frozen(list(frozen(() => GeoPoint)))) others!: GeoPoint[]
}

@Entity()
class UserProfile {
  @Column('text') fullName!: string
  @StaticColumn('text') groupName!: string
  @ClusteringKey('timestamp', { order: 'desc' }) createdAt!: Date
  @PartitionKey('int') userId!: number
  @Index() @Column(frozen(() => GeoPoint)) place!: GeoPoint
  @Column(list(frozen(() => HomeAddress))) homes: HomeAddress[] = []
}

const names = (columns: readonly ColumnMetadata[]) => columns.map(({ name }) => name)

it('puts columns in the order of their kinds, then of declaration', () => {
  const { columns, partitionKey, clusteringKey, indexes } = getEntityMetadata(UserProfile)
  expect(names(columns)).toEqual([
    'user_id',
    'created_at',
    'group_name',
    'full_name',
    'place',
    'homes',
  ])
  expect(columns.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5])
  expect(names(partitionKey)).toEqual(['user_id'])
  expect(names(clusteringKey)).toEqual(['created_at'])
  expect(indexes[0]?.column).toBe(columns[4])
  expect(columns[1]?.order).toBe('desc')
})

it('has the user-defined types, each after those that it holds, with the fields of bases first', () => {
  const { userTypes } = getEntityMetadata(UserProfile)
  expect(
    userTypes.map(({ type: name, name: entity, fields }) => [
      name,
      entity,
      fields.map((field) => `${field.name} ${printType(field.type)}`),
    ]),
  ).toEqual([
    ['geo_point', 'GeoPoint', ['latitude double', 'longitude double', 'Label text']],
    [
      'address',
      'HomeAddress',
      ['geo_point frozen<"geo_point">', 'others frozen<list<frozen<"geo_point">>>'],
    ],
  ])
})

it('lives with two naming strategies at once, each built once', () => {
  const shout = (name: string) => name.toUpperCase()
  const snake = buildMetadata(UserProfile)
  const exact = buildMetadata(UserProfile, 'exact')
  const loud = buildMetadata(UserProfile, shout)
  expect([snake.table, exact.table, loud.table]).toEqual([
    'user_profile',
    'UserProfile',
    'USERPROFILE',
  ])
  expect(names(exact.partitionKey)).toEqual(['userId'])
  expect(exact.userTypes.map(({ type: name }) => name)).toEqual(['GeoPoint', 'address'])
  expect(loud.userTypes[1]?.fields[0]?.name).toBe('GEOPOINT')
  expect(snake.userTypes[1]?.fields[0]?.name).toBe('geo_point')
  expect(buildMetadata(UserProfile, 'snake_case')).toBe(snake)
  expect(buildMetadata(UserProfile, shout)).toBe(loud)
  expect(snake.byProperty['userId']?.name).toBe('user_id')
})

it('writes names in snake case', () => {
  for (const [name, expected] of [
    ['createdAt', 'created_at'],
    ['HTTPServer', 'http_server'],
    ['Product2', 'product2'],
    ['product2Name', 'product2_name'],
    ['already_snake', 'already_snake'],
    ['x', 'x'],
  ] as const) {
    expect(applyNaming('snake_case', name)).toBe(expected)
  }
})

it('is frozen, all of it', () => {
  const seen = new Set<unknown>()
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null)
      return
    if (!Object.isFrozen(value)) throw new Error(`${path} is not frozen`)
    for (const [key, each] of Object.entries(value)) visit(each, `${path}.${key}`)
  }
  visit(getEntityMetadata(UserProfile), 'metadata')
  expect(seen.size).toBeGreaterThan(20)
  expect(() => {
    ;(getEntityMetadata(UserProfile) as { table: string }).table = 'x'
  }).toThrow(TypeError)
})

it('finds any property, and no property of Object', () => {
  const { byProperty } = getEntityMetadata(UserProfile)
  expect(byProperty['constructor']).toBeUndefined()
  expect(byProperty['toString']).toBeUndefined()
})
