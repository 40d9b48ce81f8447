import { Client } from 'cassandra-driver'
import {
  BigDecimal,
  ClusteringKey,
  Column,
  DataSource,
  Duration,
  Entity,
  InetAddress,
  LocalDate,
  LocalTime,
  PartitionKey,
  type Repository,
  TimeUuid,
  Uuid,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

interface Case {
  readonly type: string
  readonly as?: string
  readonly edges: readonly unknown[]
}

const uuid = Uuid.fromString('00000000-0000-4000-8000-000000000000')
const timeuuid = TimeUuid.fromString('ffffffff-ffff-1fff-bfff-ffffffffffff')
const date = LocalDate.fromString
const time = LocalTime.fromString
const inet = InetAddress.fromString

/** Every scalar type at its edges, in every form that it has. */
const cases: readonly Case[] = [
  { type: 'text', edges: ['', 'a', '👩‍👩‍👧‍👦 é\u0000', 'x'.repeat(70_000)] },
  { type: 'ascii', edges: ['', '~ \u0000\u007f'] },
  { type: 'tinyint', edges: [-128, 0, 127] },
  { type: 'smallint', edges: [-32_768, 0, 32_767] },
  { type: 'int', edges: [-2_147_483_648, 0, 2_147_483_647] },
  { type: 'bigint', edges: [-9223372036854775808n, -1n, 0n, 9223372036854775807n] },
  { type: 'bigint', as: 'number', edges: [-(2 ** 53 - 1), 0, 2 ** 53 - 1] },
  { type: 'bigint', as: 'string', edges: ['-9223372036854775808', '9223372036854775807'] },
  { type: 'varint', edges: [2n ** 200n, -(2n ** 200n), -1n, 0n, 127n, 128n, -128n, -129n, 255n] },
  { type: 'varint', as: 'number', edges: [-1, 2 ** 53 - 1] },
  { type: 'varint', as: 'string', edges: [(2n ** 200n).toString(), '-1'] },
  {
    type: 'decimal',
    edges: ['0', '-1.50', '123456789.000000001', '0.000000000000000000000000000001'].map(
      BigDecimal.fromString,
    ),
  },
  { type: 'decimal', as: 'string', edges: ['0', '-1.50', '123456789.000000001', '0.001'] },
  { type: 'decimal', as: 'number', edges: [0, -1.5, 0.1] },
  { type: 'float', edges: [Number.NaN, Infinity, -Infinity, 0, -0, 1.5, 2 ** -149] },
  { type: 'double', edges: [Number.NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE] },
  { type: 'boolean', edges: [true, false] },
  { type: 'uuid', edges: [uuid, timeuuid] },
  { type: 'uuid', as: 'string', edges: [uuid.toString()] },
  { type: 'timeuuid', edges: [timeuuid] },
  { type: 'timeuuid', as: 'string', edges: [timeuuid.toString()] },
  {
    type: 'timestamp',
    edges: [-8.64e15, -62_167_219_200_001, -1, 0, 253_402_300_800_000, 8.64e15].map(
      (ms) => new Date(ms),
    ),
  },
  { type: 'timestamp', as: 'number', edges: [-8.64e15, -1, 0, 8.64e15] },
  { type: 'date', edges: ['1969-12-31', '0001-01-01', '9999-12-31', '1970-01-01'].map(date) },
  {
    type: 'date',
    as: 'string',
    edges: ['1969-12-31', '0001-01-01', '9999-12-31', '12345-01-01', '-0001-12-31'],
  },
  { type: 'time', edges: ['00:00:00', '23:59:59.999999999', '12:00:00.000000001'].map(time) },
  { type: 'time', as: 'string', edges: ['00:00:00', '23:59:59.999999999', '12:00:00.000000001'] },
  {
    type: 'duration',
    edges: [new Duration(0, 0, 0), new Duration(-1, -2, -3), Duration.fromString('1y2mo3d4h5ns')],
  },
  { type: 'duration', as: 'string', edges: ['1mo2d3ns', '-1d'] },
  {
    type: 'inet',
    edges: ['0.0.0.0', '255.255.255.255', '::1', '2001:db8::ff00:42:8329'].map(inet),
  },
  { type: 'inet', as: 'string', edges: ['127.0.0.1', '::1'] },
  { type: 'blob', edges: [Buffer.alloc(0), Buffer.from([0, 255]), Buffer.alloc(100_000, 7)] },
]

/** What the driver makes texts of when it reads maps as objects, and loses something. */
const losesKeys = new Set(['decimal', 'timestamp', 'blob'])

type Row = Record<string, unknown> & { id: number; part: number }

@Entity('scalars')
class Scalars {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') part!: number
}

type Decorate = (target: object, key: string) => void
const column = Column as unknown as (type: string, options?: object) => Decorate

cases.forEach(({ type, as }, i) => {
  const isUnordered = type === 'duration'
  column(type, as === undefined ? {} : { as })(Scalars.prototype, `c${i}`)
  if (as !== undefined) return
  column(`list<${type}>`)(Scalars.prototype, `l${i}`)
  column(`frozen<map<int, ${type}>>`)(Scalars.prototype, `m${i}`)
  column(`map<text, frozen<list<${type}>>>`)(Scalars.prototype, `n${i}`)
  if (isUnordered) return
  column(`set<${type}>`)(Scalars.prototype, `s${i}`)
  column(`map<${type}, text>`)(Scalars.prototype, `k${i}`)
})

const keyspace = useKeyspace()
const traffic = useTraffic()
/** As users make it: without the `encoding` options that our own client has. */
const clients = [new Client(connection()), new Client(connection())] as const
const names = ['our own client', 'a given client', 'rows of a given client'] as const
const sources: Record<string, DataSource> = {}

beforeAll(async () => {
  const options = { keyspace: keyspace.name, entities: [Scalars] }
  sources['our own client'] = await new DataSource({
    ...connection(),
    ...options,
    synchronize: true,
  }).initialize()
  sources['a given client'] = await new DataSource({
    client: clients[0],
    ...options,
  }).initialize()
  sources['rows of a given client'] = await new DataSource({
    client: clients[1],
    directRows: false,
    ...options,
  }).initialize()
})
afterAll(async () => {
  for (const db of Object.values(sources)) await db.destroy()
  await Promise.all(clients.map((client) => client.shutdown()))
})

describe.each(names)('through %s', (name) => {
  const repository = () =>
    (sources[name] as DataSource).getRepository(Scalars) as unknown as Repository<Row>

  it.each(cases.map((each, i) => [each.type, each.as, i] as const))(
    '%s as %s',
    async (_, as, i) => {
      const { edges } = cases[i] as Case
      const rows = repository()
      for (const [part, edge] of edges.entries()) {
        await rows.save({ id: i, part, [`c${i}`]: edge })
        expect((await rows.findOneByOrFail({ id: i, part }))[`c${i}`]).toEqual(edge)
      }
      if (as !== undefined) return
      const { type } = cases[i] as Case
      const part = 100 + names.indexOf(name)
      const inside: Record<string, unknown> = {
        [`l${i}`]: [...edges],
        [`m${i}`]: new Map(edges.map((edge, n) => [n, edge])),
        [`n${i}`]: new Map([
          ['a', [...edges]],
          ['', []],
        ]),
      }
      if (type !== 'duration') {
        // A key has 65,535 bytes at most, and the server orders what is in sets and maps.
        const short = edges.filter((edge) => ((edge as { length?: number }).length ?? 0) < 60_000)
        inside[`s${i}`] = new Set(short)
        const isReadable = name !== 'rows of a given client' || !losesKeys.has(type)
        if (isReadable) inside[`k${i}`] = new Map(short.map((edge) => [edge, 'x']))
      }
      await rows.save({ id: i, part, ...inside })
      const found = await rows.findOneByOrFail({ id: i, part })
      for (const [property, value] of Object.entries(inside)) {
        // jest compares Maps and Sets without their order.
        expect(found[property]).toEqual(value)
      }
    },
  )
})

it.each([...losesKeys])('refuses to guess keys of type %s that the driver lost', async (type) => {
  const i = cases.findIndex((each) => each.type === type)
  const key = `k${i}`
  const [own, given] = [sources['a given client'], sources['rows of a given client']].map(
    (db) => db?.getRepository(Scalars) as unknown as Repository<Row>,
  )
  const map = new Map([[cases[i]?.edges[1], 'x']])
  await given?.save({ id: i, part: 200, [key]: map })
  const where = { id: i, part: 200 } as never
  expect((await own?.findOneByOrFail(where))?.[key]).toEqual(map)
  const error = await failure(() => given?.findOneByOrFail(where))
  expect(error.message).toBe(
    `Scalars.${key}: has keys that this client cannot read exactly; give it encoding: { map: Map }`,
  )
})

describe('a value that does not fit is refused before anything is sent', () => {
  it.each<[string, unknown]>([
    ['tinyint', 300],
    ['smallint', -32_769],
    ['int', 1.5],
    ['int', '1'],
    ['int', Number.NaN],
    ['int', true],
    ['int', 2 ** 31],
    ['bigint', 2 ** 53],
    ['bigint', 2n ** 63n],
    ['bigint', 1.5],
    ['bigint', 'x'],
    ['varint', '1e3'],
    ['decimal', 'x'],
    ['decimal', Number.NaN],
    ['float', 1e39],
    ['float', '1'],
    ['double', '1'],
    ['boolean', 'false'],
    ['boolean', 1],
    ['text', 1],
    ['text', '\ud800'],
    ['ascii', 'é'],
    ['uuid', 'not-a-uuid'],
    ['uuid', '00000000-0000-4000-8000-00000000000'],
    ['timeuuid', uuid],
    ['timestamp', new Date(Number.NaN)],
    ['timestamp', '2020-01-01'],
    ['date', '2020-02-30'],
    ['date', '01/02/2020'],
    ['time', '24:00:00'],
    ['time', '12:00:00.0000000001'],
    ['duration', 'x'],
    ['inet', '256.0.0.1'],
    ['blob', 'text'],
    ['blob', [1, 2]],
  ])('%s: %p', async (type, value) => {
    const i = cases.findIndex((each) => each.type === type && each.as === undefined)
    const rows = (sources['our own client'] as DataSource).getRepository(
      Scalars,
    ) as unknown as Repository<Row>
    traffic.take()
    const inner = [{ [`c${i}`]: value }, { [`l${i}`]: [value] }, { [`n${i}`]: { a: [value] } }]
    for (const wrong of inner) {
      const error = await failure(() => rows.save({ id: 1, part: 1, ...wrong }))
      expect(error).toMatchObject({ code: 'VALUE', entity: 'Scalars' })
      expect(error.message).toMatch(
        new RegExp(`^Scalars\\.${Object.keys(wrong)[0]}: .*needs `, 'u'),
      )
    }
    const update = await failure(() => rows.update({ id: 1, part: 1 }, { [`c${i}`]: value }))
    expect(update).toMatchObject({ code: 'VALUE' })
    const filter = await failure(() =>
      rows.find({ where: { [`c${i}`]: value } as never, allowFiltering: true }),
    )
    expect(filter).toMatchObject({ code: 'VALUE' })
    expect(traffic.take()).toEqual([])
  })
})
