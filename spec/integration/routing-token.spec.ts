import { randomBytes } from 'node:crypto'
import { Client } from 'cassandra-driver'
import { tokenizerOf } from '../../lib/driver/internals/tokenizer'
import { partitionKeyBytes } from '../../lib/driver/partition-key-bytes'
import { connection, useKeyspace } from '../server/keyspace'

const keyspace = useKeyspace()

function tokenizer() {
  const found = tokenizerOf(keyspace.client)
  if (found === undefined) throw new Error('no tokenizer for this driver and cluster')
  return found
}

it('agrees with the driver on random keys of every length', () => {
  const tokenize = tokenizer()
  const differing: string[] = []
  for (let length = 0; length < 80; length++) {
    for (let n = 0; n < 60; n++) {
      const key = randomBytes(length)
      const theirs = keyspace.client.metadata.newToken(key)
      const ours = tokenize(key)
      if (!ours.equals(theirs) || ours.compare(theirs) !== 0) differing.push(key.toString('hex'))
    }
  }
  expect(differing).toEqual([])
})

it('agrees with the server’s token() on single and composite keys', async () => {
  const { client, name } = keyspace
  await client.execute(`CREATE TABLE ${name}.one (k blob PRIMARY KEY)`)
  await client.execute(`CREATE TABLE ${name}.two (a blob, b blob, c int, PRIMARY KEY ((a, b, c)))`)
  const tokenize = tokenizer()
  const differing: string[] = []
  const int32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeInt32BE(value)
    return bytes
  }
  await Promise.all(
    Array.from({ length: 1000 }, async (_, i) => {
      const a = randomBytes(4 + (i % 70))
      const b = randomBytes(i % 23)
      const prepare = { prepare: true }
      await client.execute(`INSERT INTO ${name}.one (k) VALUES (?)`, [a], prepare)
      await client.execute(`INSERT INTO ${name}.two (a, b, c) VALUES (?, ?, ?)`, [a, b, i], prepare)
    }),
  )
  const one = await client.execute(`SELECT k, token(k) AS t FROM ${name}.one`, [], {
    fetchSize: 0,
  })
  for (const row of one.rows) {
    const key = partitionKeyBytes([row['k'] as Buffer])
    if (tokenize(key).toString() !== String(row['t'])) differing.push(key.toString('hex'))
  }
  const two = await client.execute(`SELECT a, b, c, token(a, b, c) AS t FROM ${name}.two`, [], {
    fetchSize: 0,
  })
  for (const row of two.rows) {
    const parts = [row['a'] as Buffer, row['b'] as Buffer, int32(row['c'] as number)]
    const key = partitionKeyBytes(parts)
    if (tokenize(key).toString() !== String(row['t'])) differing.push(key.toString('hex'))
  }
  expect(one.rows.length).toBe(1000)
  expect(two.rows.length).toBe(1000)
  expect(differing).toEqual([])
})

it('stands aside on a client that is not connected or not partitioned by murmur3', async () => {
  const client = new Client(connection())
  expect(tokenizerOf(client)).toBeUndefined()
  await client.shutdown()
  class RandomToken {
    getValue() {
      return 0
    }
  }
  const metadata = { newToken: () => new RandomToken() }
  expect(tokenizerOf({ metadata } as unknown as Client)).toBeUndefined()
})
