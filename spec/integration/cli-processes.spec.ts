import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { filesOf, useProjects } from '../server/cli-project'
import { connection, useKeyspace } from '../server/keyspace'

const keyspace = useKeyspace()
const { contactPoints, localDataCenter } = connection()
const { project } = useProjects()
const files = filesOf(keyspace.name)

// Each of its commands is a process that connects.
jest.setTimeout(240_000)

it('asks who sits at a terminal, in colors', async () => {
  await keyspace.client.execute(
    `CREATE TABLE ${keyspace.name}.products (id uuid PRIMARY KEY, name text, extra int)`,
  )
  const extra = async () =>
    (
      await keyspace.client.execute(
        `SELECT * FROM system_schema.columns WHERE keyspace_name = ? AND table_name = 'products'`,
        [keyspace.name],
      )
    ).rows.some((row) => row['column_name'] === 'extra')
  const { run, talk } = project('terminal', files)
  const no = await talk('schema:sync --allow-destructive', 'n')
  expect(no.shown).toContain('1 change loses data: no class maps column products.extra. Continue?')
  expect(no.shown).toContain('nothing was changed')
  expect(no.code).toBe(1)
  expect(await extra()).toBe(true)
  // Return alone takes what is offered, which is No.
  expect((await talk('schema:sync --allow-destructive', '\r')).code).toBe(1)
  expect(await extra()).toBe(true)
  expect((await talk('schema:sync --allow-destructive', 'y')).code).toBe(0)
  expect(await extra()).toBe(false)
  const drop = await talk('schema:drop', 'n')
  expect(drop.shown).toContain('1 statement drops data, with all rows: DROP TABLE')
  expect(drop.code).toBe(1)
  expect(drop.shown).toContain('\u001b[31mcoodie:')
  expect((await run(['schema:drop', '--yes'])).code).toBe(0)
  expect((await run(['schema:diff'])).stdout).not.toContain('\u001b[')
  const colored = await run(['schema:diff'], { NO_COLOR: '', FORCE_COLOR: '1' })
  expect(colored.stdout).toContain(
    '\u001b[32m+\u001b[39m table products does not exist in the cluster',
  )
})

it('shows a keyspace that is not there as a difference, and creates it', async () => {
  const name = `${keyspace.name.slice(0, 40)}_absent`
  const absent = { CASSANDRA_KEYSPACE: name }
  const { run } = project('absent', {
    ...files,
    ...filesOf(
      keyspace.name,
      ` createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },`,
    ),
  })
  const diff = await run(['schema:diff'], absent)
  expect(diff.stderr).toBe('')
  expect(diff.stdout).toContain(`${name}\n  + keyspace '${name}' does not exist`)
  expect(diff.stdout).toMatch(/\n\n3 safe\n$/u)
  expect(diff.code).toBe(0)
  expect((await run(['schema:diff', '--check'], absent)).code).toBe(1)
  expect((await run(['schema:sync', '--check'], absent)).code).toBe(1)
  const json = await run(['schema:diff', '--json'], absent)
  expect(JSON.parse(json.stdout)).toMatchObject({
    changes: [{ kind: 'createKeyspace', safety: 'safe' }, {}, {}],
  })
  const without = project('absent-without', files)
  const refused = await without.run(['schema:sync'], absent)
  expect(refused.stderr).toContain('create it, or give the DataSource createKeyspace')
  expect(refused.code).toBe(1)
  const sync = await run(['schema:sync', '--wait-for-indexes'], absent)
  expect(sync.stdout).toMatch(/^CREATE KEYSPACE .*;\nCREATE TABLE .*;\nCREATE INDEX .*;\n$/u)
  const { rows } = await keyspace.client.execute(
    'SELECT index_name FROM system."IndexInfo" WHERE table_name = ?',
    [name],
  )
  expect(rows.map((row) => String(row['index_name']))).toEqual(['products_name_idx'])
  expect((await run(['schema:validate'], absent)).code).toBe(0)
  expect((await run(['schema:drop', '--yes'], absent)).code).toBe(0)
  await keyspace.client.execute(`DROP KEYSPACE ${name}`)
  expect(await run(['schema:drop', '--yes'], absent)).toMatchObject({ code: 0, stdout: '\n' })
})

it('needs the keyspace said where the configuration has a function of it', async () => {
  const { run } = project('tenants', {
    ...files,
    'coodie.config.ts': String(files['coodie.config.ts']).replace(
      `'${keyspace.name}'`,
      '() => undefined',
    ),
  })
  const nowhere = await run(['schema:diff'])
  expect(nowhere.stderr).toContain('is a function, which returned no name; set CASSANDRA_KEYSPACE')
  expect(nowhere.code).toBe(2)
  const there = await run(['schema:diff'], { CASSANDRA_KEYSPACE: keyspace.name })
  expect(there.stdout).toContain('table products does not exist in the cluster')
})

it('makes one schema in twenty processes at once', async () => {
  const name = `${keyspace.name.slice(0, 40)}_twenty`
  const { own } = project('twenty', {
    'sync.cjs': `
      require('reflect-metadata')
      const { Column, DataSource, Entity, Field, Index, MaterializedView, PartitionKey, ClusteringKey, UserDefinedType, frozen } = require('coodie')
      class Address {}
      Field('text')(Address.prototype, 'street')
      UserDefinedType('address')(Address)
      class Product {}
      PartitionKey('uuid')(Product.prototype, 'id')
      ClusteringKey('int')(Product.prototype, 'at')
      Column('text')(Product.prototype, 'name')
      Index()(Product.prototype, 'name')
      Column('text')(Product.prototype, 'brand')
      Column(() => Address)(Product.prototype, 'from')
      Entity('products')(Product)
      class ByAt {}
      PartitionKey('int')(ByAt.prototype, 'at')
      ClusteringKey('uuid')(ByAt.prototype, 'id')
      MaterializedView({ name: 'by_at', from: () => Product })(ByAt)
      const db = new DataSource({
        contactPoints: ${JSON.stringify(contactPoints)}, localDataCenter: '${localDataCenter}', keyspace: '${name}',
        createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },
        entities: [Product, ByAt],
      })
      db.initialize().then(() => {
        process.send('ready')
        process.once('message', async () => {
          try {
            await db.schema.sync()
            process.send(await db.schema.validate())
          } catch (error) {
            process.send(String(error.stack))
          }
          await db.destroy()
          if (process.connected) process.disconnect()
        })
      }, (error) => { process.send(String(error.stack)); process.disconnect() })
    `,
  })
  const heard = async (child: ChildProcess) => {
    const [message] = (await once(child, 'message')) as [unknown]
    return message
  }
  const children = Array.from({ length: 20 }, () => fork(join(own, 'sync.cjs'), { cwd: own }))
  try {
    // All of them are connected before the first one begins.
    expect(new Set(await Promise.all(children.map(heard)))).toEqual(new Set(['ready']))
    const outcomes = Promise.all(children.map(heard))
    for (const child of children) child.send('go')
    expect(await outcomes).toEqual(children.map(() => []))
    const { rows } = await keyspace.client.execute(
      'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?',
      [name],
    )
    expect(rows.map((row) => String(row['table_name']))).toEqual(['products'])
  } finally {
    for (const child of children) if (child.connected) child.disconnect()
    await keyspace.client.execute(`DROP KEYSPACE IF EXISTS ${name}`)
  }
})

it('asks for @opentelemetry/api where telemetry is wanted without it', async () => {
  const { own } = project('untold', {
    'run.cjs': `
      const { DataSource } = require('coodie')
      const db = new DataSource({
        contactPoints: ${JSON.stringify(contactPoints)}, localDataCenter: '${localDataCenter}', entities: [], telemetry: true,
      })
      db.initialize().catch((error) => console.log(error.name + ': ' + error.message))
    `,
  })
  const { stdout } = spawnSync(process.execPath, ['run.cjs'], { cwd: own, encoding: 'utf8' })
  expect(stdout).toBe(
    'StatementError: telemetry: true needs @opentelemetry/api: npm install @opentelemetry/api; ' +
      'or give the providers: telemetry: { tracerProvider, meterProvider }\n',
  )
})
