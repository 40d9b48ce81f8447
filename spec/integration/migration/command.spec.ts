import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf, useProjects } from '../../server/cli-project'
import { connection, useKeyspace } from '../../server/keyspace'

const root = join(__dirname, '../../..')
const keyspace = useKeyspace()
const { contactPoints, localDataCenter } = connection()
const { project } = useProjects()
const files = filesOf(keyspace.name, ` migrations: ['migrations/*.{ts,js,mjs,cjs,cql}'],`)

// Each of its commands is a process that connects.
jest.setTimeout(300_000)

afterEach(async () => {
  await keyspace.client.execute(`DROP TABLE IF EXISTS ${keyspace.name}.coodie_migrations`)
  await keyspace.client.execute(`DROP TABLE IF EXISTS ${keyspace.name}.products`)
  await keyspace.client.execute(`DROP TABLE IF EXISTS ${keyspace.name}.t`)
})

const migrationsOf = (stdout: string) =>
  (JSON.parse(stdout) as { migrations: readonly Record<string, unknown>[] }).migrations

describe('coodie migration', () => {
  it('creates, generates, runs, lists and reverts', async () => {
    const { own, run } = project('migrations', files)
    const none = await run(['migration:list'])
    expect(none.stdout).toContain('there are no migrations; write one with migration:create')

    const generated = await run(['migration:generate', 'Create products'])
    expect(generated.stderr).toBe('')
    expect(generated.stdout).toMatch(/^wrote migrations\/\d{14}-create-products\.ts\n$/u)
    const created = await run(['migration:create', `O'Neil`, '--cql', '--json'])
    const [second] = migrationsOf(created.stdout)
    expect(second?.['title']).toBe('o-neil')
    const script = readFileSync(String(second?.['file']), 'utf8')
    expect(script).toContain(`-- description: O'Neil\n\n-- migrate:up\n`)

    const dry = await run(['migration:run', '--dry-run'])
    expect(dry.stderr).toBe('')
    expect(dry.stdout).toMatch(
      /^would apply \d{14}-create-products \(2 steps\)\n {2}CREATE TABLE "products" .*;\n {2}CREATE INDEX .*;\n/u,
    )
    const applied = await run(['migration:run'])
    expect(applied.stdout).toMatch(/^applied \d{14}-create-products \(2 steps, \d+ ms\)\napplied /u)
    expect(applied.stderr).toMatch(/-create-products: step 1 of 2\n.*: step 2 of 2\n/u)
    expect((await run(['schema:validate'])).code).toBe(0)
    const same = await run(['migration:generate', 'nothing', '--json'])
    expect(same).toEqual({ code: 0, stdout: '{\n  "migrations": []\n}\n', stderr: '' })

    const list = await run(['migration:list'])
    expect(list.stdout).toMatch(/\napplied +\d{14} +create-products +2 /u)
    expect(list.stdout).toContain('all are applied')
    writeFileSync(String(second?.['file']), `${script}-- edited\n`)
    const changed = await run(['migration:list', '--json'])
    expect(migrationsOf(changed.stdout).map(({ state }) => state)).toEqual(['applied', 'changed'])
    const refused = await run(['migration:run'])
    expect(refused.stderr).toContain('o-neil')
    expect(refused.code).toBe(1)
    writeFileSync(String(second?.['file']), script)

    const reverted = await run(['migration:revert', '--steps', '2', '--json'])
    expect(reverted.stderr).toBe('')
    expect(migrationsOf(reverted.stdout).map(({ title }) => title)).toEqual([
      'o-neil',
      'create-products',
    ])
    expect((await run(['schema:validate'])).code).toBe(1)
    const pending = await run(['migration:generate', 'again'])
    expect(pending.stderr).toMatch(
      /^warning: \d{14}-create-products, .* are not applied yet; the new migration may repeat the same\n/u,
    )
    expect(readdirSync(join(own, 'migrations'))).toHaveLength(3)
    expect((await run(['migration:unlock'])).stdout).toBe('there was no lock\n')
  })

  it('loads every kind of file, in the command and in a program', async () => {
    const define = (more: string) => `{ up: [${more}] }`
    const { own, run } = project('kinds', {
      ...files,
      'migrations/1-a.ts': `import { defineMigration } from 'coodie/migration'
import { Product } from '../entities/product.js'
export default defineMigration({ up: ['CREATE TABLE t (id int PRIMARY KEY)', async ({ log }) => { log('of ' + Product.name) }] })`,
      'migrations/1-a.d.ts': 'export {}',
      'migrations/2-b.js': `module.exports = require('coodie/migration').defineMigration(${define(`'ALTER TABLE t ADD b int'`)})`,
      'migrations/3-c.cjs': `exports.default = require('coodie/migration').defineMigration(${define(`'ALTER TABLE t ADD c int'`)})`,
      'migrations/4-d.mjs': `import { createRequire } from 'node:module'
const { defineMigration } = createRequire(import.meta.url)('coodie/migration')
export default await Promise.resolve(defineMigration(${define(`'ALTER TABLE t ADD d int'`)}))`,
      'migrations/5-e.cql': '-- migrate:up\nALTER TABLE t ADD e int;',
      // Without the command: nothing has prepared TypeScript.
      'program.cjs': `const { DataSource } = require('coodie')
const { writeFileSync } = require('node:fs')
const db = new DataSource({ contactPoints: ${JSON.stringify(contactPoints)}, localDataCenter: '${localDataCenter}',
  keyspace: '${keyspace.name}', entities: [], migrations: ['migrations/*.{ts,js,mjs,cjs,cql}'] })
db.initialize().then(async () => {
  const states = async () => (await db.migrations.list()).map(({ steps, state }) => state + steps).join(' ')
  console.log(await states())
  writeFileSync('migrations/6-f.ts', "import { defineMigration } from 'coodie/migration'\\nexport default defineMigration({ up: [] })")
  console.log(await states())
  writeFileSync('migrations/6-f.ts', "import { defineMigration } from 'coodie/migration'\\nexport default defineMigration({ up: [(): void => undefined] })")
  console.log(await states())
}).finally(() => db.destroy())`,
    })
    const applied = await run(['migration:run'])
    expect(applied.stderr).toContain('of Product\n')
    expect(applied.stdout.match(/^applied [1-5]-[a-e] /gmu)).toHaveLength(5)
    const { columns } = await keyspace.client.execute(`SELECT * FROM ${keyspace.name}.t`)
    expect(columns.map(({ name }) => name)).toEqual(['id', 'b', 'c', 'd', 'e'])
    const program = spawnSync(process.execPath, ['program.cjs'], { cwd: own, encoding: 'utf8' })
    expect(program.stderr).toBe('')
    const five = 'applied2 applied1 applied1 applied1 applied1'
    expect(program.stdout).toBe(`${five}\n${five} pending0\n${five} pending1\n`)
  })

  it('says in one line what is wrong, and exits with 1 or 2', async () => {
    const { own, run } = project('wrong', {
      ...files,
      'migrations/1-a.cql':
        '-- migrate:up\nCREATE TABLE t (id int PRIMARY KEY);\nDROP TABLE nothing;',
      'twice/1-a.cql': '',
      'twice/01-b.cql': '',
      'twice.config.ts': `export default { contactPoints: ${JSON.stringify(contactPoints)},
        localDataCenter: '${localDataCenter}', keyspace: '${keyspace.name}', entities: [], migrations: ['twice/*.cql'] }`,
    })
    const cases: readonly (readonly [string, string, number])[] = [
      ['migration:run', '1-a', 1],
      ['migration:run --config twice.config.ts', `${own}/twice/01-b.cql, ${own}/twice/1-a.cql`, 1],
      ['migration:run --to x', 'A version is digits: 20261130120000.', 2],
      ['migration:run --lock-timeout soon', 'It must be a number of seconds from 0.', 2],
      ['migration:revert --steps 0', 'It must be a whole number from 1.', 2],
      ['migration:revert --steps 1 --to 1', 'pass --steps or --to, not both', 2],
      ['migration:create', `missing required argument 'title'`, 2],
      ['migration:create !', `title: '!' has no letter or digit; say what the migration does`, 1],
      ['migration:rnu', '(Did you mean migration:run?)', 2],
    ]
    for (const [args, message, exitCode] of cases) {
      const { code, stderr } = await run(args.split(' '))
      expect(stderr).toContain(message)
      expect([args, code]).toEqual([args, exitCode])
    }
    const json = await run(['migration:run', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'MIGRATION' } })
    expect(json.stderr).toBe('')
  })
})

describe('coodie query', () => {
  it('prints rows, and writes only when told', async () => {
    const { run } = project('query', files)
    const write = (cql: string) => run(['query', '--write', cql])
    await write(
      `CREATE TABLE t (id int PRIMARY KEY, b bigint, d double, x blob, l list<text>, s set<int>, m map<text, int>,
       u uuid, at timestamp, day date, n decimal, dur duration, "\u001b[2J" text, flag boolean, v vector<float, 2>, tu frozen<tuple<int, text>>)`,
    )
    const insert = `INSERT INTO t (id, b, d, x, l, s, m, u, at, day, n, dur, "\u001b[2J", flag, v, tu) VALUES (1, 9007199254740993, NaN, 0xff,
      ['it''s', 'b'], {1, 2}, {'k': 1}, 123e4567-e89b-12d3-a456-426614174000, '2026-11-30T12:00:00Z', '2026-11-30', 1.50, 1mo2d,
      'a\tb\u001b[2J\n漢', true, [1, 2.5], (1, null))`
    const refused = await run(['query', insert])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('INSERT may change something; pass --write to execute it')
    expect(await write(insert)).toEqual({ code: 0, stdout: 'done\n', stderr: '' })
    const { stdout } = await run(['query', '/* why */ SELECT * FROM t;'])
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u)
    const [head = '', , row = ''] = stdout.split('\n')
    const cells: Readonly<Record<string, string>> = {
      '\\u{1b}[2J': 'a\\tb\\u{1b}[2J\\n漢',
      at: '2026-11-30T12:00:00.000Z',
      b: '9007199254740993',
      d: 'NaN',
      dur: '1mo2d',
      flag: 'true',
      l: `['it''s', 'b']`,
      m: `{'k': 1}`,
      n: '1.50',
      s: '{1, 2}',
      tu: '[1, null]',
      v: '[1, 2.5]',
      x: '0xff',
    }
    for (const [title, cell] of Object.entries(cells)) {
      expect(head).toContain(title)
      expect(row).toContain(cell)
    }
    expect(stdout).toMatch(/\n\n1 row\n$/u)
    const json = await run(['query', 'SELECT b, d, l, s, m, u, at, n, x FROM t', '--json'])
    expect(JSON.parse(json.stdout)).toEqual({
      rows: [
        {
          b: '9007199254740993',
          d: 'NaN',
          l: [`it's`, 'b'],
          s: [1, 2],
          m: { k: 1 },
          u: '123e4567-e89b-12d3-a456-426614174000',
          at: '2026-11-30T12:00:00.000Z',
          n: '1.50',
          x: '0xff',
        },
      ],
    })
    expect((await run(['query', 'SELECT * FROM t WHERE id = 2'])).stdout).toBe('0 rows\n')
    const described = await run(['query', 'DESCRIBE KEYSPACE system'])
    expect(described.stdout).toContain('\n\nCREATE TABLE system.local (\n')
    const cases: readonly (readonly [string, string, number])[] = [
      ['SELECT * FROM nothing', 'coodie: ', 1],
      ['SELEC', 'SELEC may change something; pass --write to execute it', 1],
      ['/* nothing */', 'there is no statement; write: coodie query "SELECT * FROM products"', 2],
      ['SELECT * FROM t; TRUNCATE t', 'there are 2 statements; pass one at a time', 2],
    ]
    for (const [cql, message, exitCode] of cases) {
      const { code, stderr } = await run(['query', cql])
      expect(stderr).toContain(message)
      expect([cql, code]).toEqual([cql, exitCode])
    }
  })
})

describe('coodie init', () => {
  it('writes a project that compiles and migrates, and keeps what is there', async () => {
    const { own, run } = project('init', { 'package.json': '{ "private": true }' })
    const first = await run(['init'])
    expect(first.stdout).toMatch(
      /^wrote tsconfig\.json\nwrote coodie\.config\.ts\n[^]*kept package\.json, which exists\n\nNext:\n/u,
    )
    const entity = join(own, 'src/product.ts')
    writeFileSync(entity, `${readFileSync(entity, 'utf8')}// mine\n`)
    const again = await run(['init', '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ written: [] })
    expect(readFileSync(entity, 'utf8')).toContain('// mine')

    const environment = {
      CASSANDRA_CONTACT_POINTS: contactPoints.join(','),
      CASSANDRA_KEYSPACE: keyspace.name,
    }
    const generated = await run(['migration:generate', 'create products'], environment)
    expect(generated.stderr).toBe('')
    expect((await run(['migration:run'], environment)).code).toBe(0)
    expect((await run(['schema:validate'], environment)).code).toBe(0)

    const paths = Object.fromEntries(
      ['', '/migration', '/testing'].map((name) => [
        `coodie${name}`,
        [join(root, `lib${name}/index.ts`)],
      ]),
    )
    // The libraries that the source of this package needs.
    const lib = ['es2022', 'es2024.string', 'esnext.disposable', 'esnext.decorators']
    const typeRoots = [join(root, 'node_modules/@types')]
    writeFileSync(
      join(own, 'check.json'),
      JSON.stringify({
        extends: './tsconfig.json',
        compilerOptions: { noEmit: true, rootDir: '/', lib, paths, typeRoots },
      }),
    )
    expect(existsSync(join(own, 'migrations'))).toBe(true)
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const compiled = spawnSync(process.execPath, [compiler, '-p', 'check.json'], {
      cwd: own,
      encoding: 'utf8',
    })
    expect(compiled.stdout).toBe('')
  })
})
