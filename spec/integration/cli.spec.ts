import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connection, useKeyspace } from '../server/keyspace'

const root = join(__dirname, '../..')
const keyspace = useKeyspace()
const { contactPoints, localDataCenter } = connection()
let folder: string

// Each of its commands is a process that connects.
jest.setTimeout(240_000)
let command: string

/** A project of a user, with this package built in its node_modules. */
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-cli-')))
  const installed = join(folder, 'node_modules/coodie')
  mkdirSync(installed, { recursive: true })
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...`-p ${join(root, 'tsconfig.build.json')} --declaration false --outDir`.split(' '),
      join(installed, 'dist'),
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stdout)
  const manifest = readFileSync(join(root, 'package.json'), 'utf8')
  writeFileSync(join(installed, 'package.json'), manifest)
  const { dependencies } = JSON.parse(manifest) as { dependencies: object }
  for (const name of [...Object.keys(dependencies), '@swc/core']) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link)
  }
  command = join(installed, 'dist/cli/main.js')
}, 120_000)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Writes a project of its own below the folder, and gives a way to run the command there. */
function project(name: string, files: Readonly<Record<string, string>>) {
  const own = join(folder, name)
  mkdirSync(own, { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, path)), { recursive: true })
    writeFileSync(join(own, path), text)
  }
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], NO_COLOR: '1', ...environment }
    const child = spawn(process.execPath, [command, ...args], { cwd: own, env })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data) => (stdout += String(data)))
    child.stderr.on('data', (data) => (stderr += String(data)))
    child.stdin.end()
    return new Promise<{ code: number | null; stdout: string; stderr: string }>(
      (resolve, reject) => {
        child.on('error', reject)
        child.on('close', (code) => resolve({ code, stdout, stderr }))
      },
    )
  }
  /** The same where somebody sits at a terminal, who is asked something that ends with `?` and gives one answer. */
  const talk = async (args: string, answer: string) => {
    const line = `stty cols 200 rows 50; ${process.execPath} ${command} ${args}`
    const env = { PATH: process.env['PATH'], TERM: 'xterm-256color' }
    const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd: own, env, timeout: 20_000 })
    let shown = ''
    let isAnswered = false
    child.stdout.on('data', (data) => {
      shown += String(data)
      if (isAnswered || !shown.includes('Go on?')) return
      isAnswered = true
      child.stdin.write(answer)
    })
    const [code] = (await once(child, 'close')) as [number]
    return { code, shown }
  }
  return { own, run, talk }
}

const config = (more = '') => `
import { defineConfig } from 'coodie'
export default defineConfig({
  contactPoints: ${JSON.stringify(contactPoints)}, localDataCenter: '${localDataCenter}',
  keyspace: '${keyspace.name}', entities: ['entities/*.ts'],${more}
})
`

const legacy = `{
  // as NestJS has it
  "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, },
}`

/** Its column has no type: the loader has to emit metadata. */
const product = `
import { Column, Entity, Index, PartitionKey, Uuid } from 'coodie'
import { tableName } from './names.js'
@Entity(tableName)
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column() name!: string
}
`
const names = `export const tableName: string = 'products'\n`

const files = {
  'coodie.config.ts': config(),
  'tsconfig.json': legacy,
  'entities/product.ts': product,
  'names.ts': names,
  'entities/names.ts': names,
}

describe('coodie', () => {
  it('compares, synchronises, validates, draws, generates and drops', async () => {
    const { own, run } = project('everyday', files)

    const diff = await run(['schema:diff'])
    expect(diff.stderr).toBe('')
    expect(diff.stdout).toContain(`${keyspace.name}.products\n  + the table products is not there`)
    expect(diff.stdout).toContain('CREATE TABLE IF NOT EXISTS')
    expect(diff.stdout).toMatch(/\n\n2 safe\n$/u)
    expect(diff.code).toBe(0)
    expect((await run(['schema:diff', '--check'])).code).toBe(1)
    expect((await run(['schema:validate'])).code).toBe(1)

    const dry = await run(['schema:sync', '--dry-run', '--json'])
    expect(dry.stderr).toBe('')
    expect(JSON.parse(dry.stdout)).toMatchObject({
      dryRun: true,
      statements: [
        expect.stringContaining('CREATE TABLE'),
        expect.stringContaining('CREATE INDEX'),
      ],
    })
    expect((await run(['schema:sync', '--check'])).code).toBe(1)

    const sync = await run(['schema:sync'])
    expect(sync.code).toBe(0)
    expect(sync.stdout.split('\n')).toHaveLength(3)
    expect(sync.stderr).toContain('[2/2] the index')
    const same = await run(['schema:diff', '--check', '--json'])
    expect(same).toEqual({ code: 0, stdout: '{\n  "changes": []\n}\n', stderr: '' })

    const svg = await run(['schema:diagram'])
    expect(svg.stdout).toMatch(/^<svg [\s\S]*>products<[\s\S]*<\/svg>\n$/u)
    const page = await run(['schema:diagram', '--out', 'schema.html', '--from', 'classes'])
    expect(page.code).toBe(0)
    expect(readFileSync(join(own, 'schema.html'), 'utf8')).toContain('<!doctype html>')

    const generated = await run(['entity:generate', '--out', 'generated'])
    expect(generated.stdout).toBe('generated/entities.ts\n')
    const source = readFileSync(join(own, 'generated/entities.ts'), 'utf8')
    expect(source).toContain(`@Entity('products')\nexport class Products {`)
    expect((await run(['entity:generate', '--out', 'generated', '--check'])).code).toBe(0)
    writeFileSync(join(own, 'generated/entities.ts'), `${source}// mine\n`)
    expect((await run(['entity:generate', '--out', 'generated', '--check'])).code).toBe(1)
    const refused = await run(['entity:generate', '--out', 'generated'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('-// mine')
    expect(refused.stderr).toContain('Overwrite? Nobody is here to ask; say --yes')
    expect((await run(['entity:generate', '--out', 'generated', '--yes'])).code).toBe(0)

    const drop = await run(['schema:drop'])
    expect(drop.code).toBe(1)
    expect(drop.stderr).toContain('Nobody is here to ask; say --yes')
    expect((await run(['schema:drop', '--dry-run'])).stdout).toContain('DROP TABLE')
    expect((await run(['schema:drop', '--yes'])).code).toBe(0)
    expect((await run(['schema:diff', '--check'])).code).toBe(1)
  })

  it('removes what no class maps only when told twice', async () => {
    await keyspace.client.execute(
      `CREATE TABLE ${keyspace.name}.products (id uuid PRIMARY KEY, name text, extra int)`,
    )
    await keyspace.client.execute(`CREATE INDEX ON ${keyspace.name}.products (name)`)
    const { run } = project('losses', files)
    const plain = await run(['schema:sync'])
    expect(plain).toMatchObject({ code: 0, stdout: '\n' })
    const unsure = await run(['schema:sync', '--allow-destructive'])
    expect(unsure.code).toBe(1)
    expect(unsure.stderr).toMatch(
      /removes what is there \(.*extra.*Nobody is here to ask; say --yes/u,
    )
    const sure = await run(['schema:sync', '--allow-destructive', '--yes'])
    expect(sure.stdout).toContain('DROP')
    expect((await run(['schema:validate'])).code).toBe(0)
    await keyspace.client.execute(`DROP TABLE ${keyspace.name}.products`)
  })

  it('asks who sits at a terminal, in colours', async () => {
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
    expect(no.shown).toContain('One of the changes removes what is there (the column')
    expect(no.shown).toContain('nothing was changed')
    expect(no.code).toBe(1)
    expect(await extra()).toBe(true)
    // Return alone takes what is offered, which is No.
    expect((await talk('schema:sync --allow-destructive', '\r')).code).toBe(1)
    expect(await extra()).toBe(true)
    expect((await talk('schema:sync --allow-destructive', 'y')).code).toBe(0)
    expect(await extra()).toBe(false)
    const drop = await talk('schema:drop', 'n')
    expect(drop.shown).toContain('One statement drops what is there')
    expect(drop.code).toBe(1)
    expect(drop.shown).toContain('\u001b[31mcoodie:')
    expect((await run(['schema:drop', '--yes'])).code).toBe(0)
    expect((await run(['schema:diff'])).stdout).not.toContain('\u001b[')
    const coloured = await run(['schema:diff'], { NO_COLOR: '', FORCE_COLOR: '1' })
    expect(coloured.stdout).toContain('\u001b[32m+\u001b[39m the table products is not there')
  })

  it('shows a keyspace that is not there as a difference, and creates it', async () => {
    const name = `${keyspace.name.slice(0, 40)}_absent`
    const absent = { CASSANDRA_KEYSPACE: name }
    const { run } = project('absent', {
      ...files,
      'coodie.config.ts': config(
        ` createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },`,
      ),
    })
    const diff = await run(['schema:diff'], absent)
    expect(diff.stderr).toBe('')
    expect(diff.stdout).toContain(`${name}\n  + the keyspace '${name}' does not exist`)
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
      'coodie.config.ts': config().replace(`'${keyspace.name}'`, '() => undefined'),
    })
    const nowhere = await run(['schema:diff'])
    expect(nowhere.stderr).toContain('is a function, which gives none here; name it: CASSANDRA_KEY')
    expect(nowhere.code).toBe(2)
    const there = await run(['schema:diff'], { CASSANDRA_KEYSPACE: keyspace.name })
    expect(there.stdout).toContain('the table products is not there')
  })

  it('finds what the paths of the tsconfig name', async () => {
    const { run } = project('paths', {
      ...files,
      'tsconfig.json': `{ "extends": "./base.json" }`,
      'base.json': `{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true,
        "paths": { "@tables/*": ["./somewhere/*"] } } }`,
      'somewhere/names.ts': names,
      'entities/product.ts': product.replace('./names.js', '@tables/names'),
    })
    const { stdout, stderr } = await run(['schema:diff'])
    expect(stderr).toBe('')
    expect(stdout).toContain('the table products is not there')
  })

  it('refuses what no statement can mend', async () => {
    await keyspace.client.execute(
      `CREATE TABLE ${keyspace.name}.products (id text PRIMARY KEY, name text)`,
    )
    const { run } = project('impossible', files)
    const diff = await run(['schema:diff'])
    expect(diff.stdout).toContain('  ! ')
    const { code, stderr } = await run(['schema:sync'])
    expect(code).toBe(1)
    expect(stderr).toContain('coodie: ')
    await keyspace.client.execute(`DROP TABLE ${keyspace.name}.products`)
  })

  it('reads TC39 decorators where the project has those', async () => {
    const { run } = project('tc39', {
      ...files,
      'tsconfig.json': '{ "compilerOptions": { "target": "es2022" } }',
      'entities/product.ts': product.replace('@Column()', `@Column('text')`),
    })
    const { stdout, stderr } = await run(['schema:diff'])
    expect(stderr).toBe('')
    expect(stdout).toContain('the table products is not there')
  })

  it('takes one of several connections, and what the environment says', async () => {
    const one = { contactPoints: ['127.0.0.1:1'], localDataCenter, entities: [] }
    const { run } = project('several', {
      'own.config.mjs': `export default ${JSON.stringify([
        { ...one, name: 'first', keyspace: 'a' },
        { ...one, keyspace: 'second' },
      ])}`,
    })
    const given = ['entity:generate', '--config', 'own.config.mjs', '--tables', 'nothing']
    const both = await run(given)
    expect(both.code).toBe(2)
    expect(both.stderr).toContain(`choose one with --connection: 'first', 'second'`)
    const third = await run([...given, '--connection', 'third'])
    expect(third.stderr).toContain(`has no connection 'third'; there are 'first', 'second'`)
    const nowhere = await run([...given, '--connection', 'first'])
    expect(nowhere.code).toBe(2)
    const environment = {
      CASSANDRA_CONTACT_POINTS: contactPoints.join(','),
      CASSANDRA_KEYSPACE: keyspace.name,
    }
    const there = await run([...given, '--connection', 'second'], environment)
    expect(there.stderr).toBe(`coodie: the keyspace '${keyspace.name}' has no table 'nothing'\n`)
    expect(there.code).toBe(1)
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
            process.disconnect()
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

  it('needs no configuration to draw and to generate', async () => {
    const { run } = project('bare', {})
    const { code, stdout } = await run(['schema:diagram', '--format', 'mermaid'], {
      CASSANDRA_CONTACT_POINTS: contactPoints.join(','),
      CASSANDRA_LOCAL_DATACENTER: localDataCenter,
      CASSANDRA_KEYSPACE: keyspace.name,
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'erDiagram\n' })
  })

  it('says in one line what is wrong, and what to do', async () => {
    const { own, run } = project('wrong', {
      'empty.config.cjs': 'module.exports = undefined',
      'broken.config.ts': 'export default {',
      'half.config.cjs': 'module.exports = { entities: [], contactPonts: [] }',
    })
    const cases: readonly (readonly [string, string])[] = [
      ['schema:diff', `there is no coodie.config.ts, .js, .mjs or .cjs in ${own}; write one`],
      ['schema:diff --config no.ts', `${join(own, 'no.ts')} is not there`],
      ['schema:diff --config empty.config.cjs', 'must export the options of a DataSource'],
      ['schema:diff --config broken.config.ts', `broken.config.ts cannot be compiled`],
      ['schema:diff --config half.config.cjs', `did you mean 'contactPoints'?`],
      ['schema:dif', `(Did you mean schema:diff?)`],
      ['schema:diff --chek', `(Did you mean --check?)`],
      ['entity:generate --check', 'need a folder; name it with --out'],
      ['schema:diagram --out a.png', 'name it with --format svg, html or mermaid'],
    ]
    const results = await Promise.all(cases.map(([args]) => run(args.split(' '))))
    for (const [i, { code, stderr }] of results.entries()) {
      expect(stderr).toContain(cases[i]?.[1])
      expect(code).toBe(2)
    }
    const json = await run(['schema:diff', '--json', '--config', 'half.config.cjs'])
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { message: expect.any(String) } })
  })

  it('asks for @swc/core where TypeScript is to be read without it', async () => {
    const { run } = project('elsewhere', { 'coodie.config.ts': 'export default { entities: [] }' })
    const installed = join(folder, 'node_modules/@swc/core')
    rmSync(installed)
    const { code, stderr } = await run(['schema:diff'])
    symlinkSync(join(root, 'node_modules/@swc/core'), installed)
    expect(stderr).toContain('npm install --save-dev @swc/core')
    expect(code).toBe(2)
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

  it('tells its version and its commands', async () => {
    const { run } = project('help', {})
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    const { stdout, code } = await run(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('schema:sync')
  })
})
