import 'reflect-metadata'
import {
  BigDecimal,
  Column,
  DataSource,
  Duration,
  Entity,
  ExecutionError,
  Field,
  InetAddress,
  LocalDate,
  LocalTime,
  LwtOutcomeUnknownError,
  PartitionKey,
  SchemaError,
  TimeUuid,
  UserDefinedType,
  Uuid,
  ValueError,
  cql,
  frozen,
} from 'coodie'

@UserDefinedType('money')
class Money {
  @Field('decimal') amount?: BigDecimal | null
  @Field('text') currency?: string | null
}

// The name of a class may be any after minifying, so the table is named.
@Entity('bundled')
class Bundled {
  @PartitionKey('int') id!: number
  @Column('uuid') uuid?: Uuid | null
  @Column('timeuuid') time?: TimeUuid | null
  @Column('decimal') price?: BigDecimal | null
  @Column('bigint') count?: bigint | null
  @Column('date') day?: LocalDate | null
  @Column('time') at?: LocalTime | null
  @Column('inet') address?: InetAddress | null
  @Column('duration') span?: Duration | null
  @Column('list<uuid>') uuids: Uuid[] = []
  @Column('vector<float, 2>') vector?: number[] | null
  @Column('tuple<int, date>') pair?: [number, LocalDate] | null
  @Column(frozen(() => Money)) money?: Money | null
}

const contactPoints = (process.env['CASSANDRA_CONTACT_POINTS'] ?? '').split(',')
const localDataCenter = process.env['CASSANDRA_LOCAL_DATACENTER'] ?? 'datacenter1'
const keyspace = String(process.env['KEYSPACE'])

const failed = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'nothing failed',
    (error: unknown) => error,
  )

async function main(): Promise<void> {
  const db = await new DataSource({
    contactPoints,
    localDataCenter,
    keyspace,
    entities: [Bundled],
    synchronize: true,
  }).initialize()
  const rows = db.getRepository(Bundled)
  const row = rows.create({
    id: 1,
    uuid: Uuid.random(),
    time: TimeUuid.now(),
    price: BigDecimal.fromString('1.50'),
    count: 2n ** 60n,
    day: LocalDate.fromString('2026-11-30'),
    at: LocalTime.fromString('12:30:00'),
    address: InetAddress.fromString('127.0.0.1'),
    span: Duration.fromString('1mo2d3s'),
    uuids: [Uuid.random()],
    vector: [0.5, 1.5],
    pair: [7, LocalDate.fromString('2026-12-01')],
    money: { amount: BigDecimal.fromString('9.99'), currency: 'EUR' },
  })
  await rows.save(row)
  const read = await rows.findOneByOrFail({ id: 1 })
  // Values that were read, and values of the driver's own rows, can be written again.
  await rows.save(read)
  const [plain] = await db.query(cql`SELECT * FROM ${cql.table(Bundled)} WHERE id = ${1}`)
  await rows.save(rows.create({ ...plain, id: 2 }))
  const again = await rows.findOneByOrFail({ id: 2 })
  const same = (['uuid', 'time', 'price', 'count', 'day', 'at', 'address', 'span'] as const).map(
    (property) => String(again[property]) === String(row[property]),
  )
  await db.client.execute(`ALTER TABLE ${keyspace}.bundled DROP count`)
  await db.client.execute(`ALTER TABLE ${keyspace}.bundled ADD other double`)
  const invalid = await failed(db.query(cql`SELECT nothing FROM ${cql.table(Bundled)}`))
  const value = await failed(rows.update({ id: 1 }, { price: 'x' }))
  const late = await failed(
    rows.update({ id: 1 }, { price: null }, { if: { price: row.price ?? null }, timeout: 1 }),
  )
  await db.client.execute(`CREATE TABLE ${keyspace}.wrong (id int PRIMARY KEY, price text)`)
  @Entity('wrong')
  class Wrong {
    @PartitionKey('int') id!: number
    @Column('int') price?: number | null
  }
  const other = await new DataSource({
    contactPoints,
    localDataCenter,
    keyspace,
    entities: [Wrong],
  }).initialize()
  const wrong = await failed(other.getRepository(Wrong).update({ id: 1 }, { price: 1 }))
  await other.destroy()
  const closed = await failed(
    new DataSource({
      contactPoints: ['127.0.0.1:1'],
      localDataCenter,
      keyspace,
      entities: [Bundled],
    }).initialize(),
  )
  console.log(
    JSON.stringify({
      same,
      money: again.money instanceof Money && String(again.money.amount),
      vector: again.vector,
      directRows: db.statistics.preparedStatements !== undefined,
      invalid: invalid instanceof ExecutionError && [invalid.name, invalid.kind],
      value: value instanceof ValueError && value.name,
      late: late === 'nothing failed' || late instanceof LwtOutcomeUnknownError,
      wrong:
        wrong instanceof SchemaError && /is declared as int and is text in/.test(wrong.message),
      closed: closed instanceof ExecutionError && closed.kind,
    }),
  )
  await db.destroy()
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
