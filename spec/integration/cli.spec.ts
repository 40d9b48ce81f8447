import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf, names, product, useProjects } from '../server/cli-project'
import { connection, useKeyspace } from '../server/keyspace'

const root = join(__dirname, '../..')
const keyspace = useKeyspace()
const { contactPoints, localDataCenter } = connection()
const { project, folder } = useProjects()
const files = filesOf(keyspace.name)

// Each of its commands is a process that connects.
jest.setTimeout(240_000)

describe('coodie', () => {
  it('compares, synchronizes, validates, draws, generates and drops', async () => {
    const { own, run } = project('everyday', files)

    const diff = await run(['schema:diff'])
    expect(diff.stderr).toBe('')
    expect(diff.stdout).toContain(
      `${keyspace.name}.products\n  + table products does not exist in the cluster`,
    )
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
    expect(sync.stderr).toContain(
      '[1/2] created table products\n[2/2] created index products_name_idx on products\n',
    )
    const same = await run(['schema:diff', '--check', '--json'])
    expect(same).toEqual({ code: 0, stdout: '{\n  "changes": []\n}\n', stderr: '' })

    const svg = await run(['schema:diagram'])
    expect(svg.stdout).toMatch(/^<svg [\s\S]*>products<[\s\S]*<\/svg>\n$/u)
    const page = await run(['schema:diagram', '--out', 'schema.html', '--from', 'classes'])
    expect(page.code).toBe(0)
    expect(readFileSync(join(own, 'schema.html'), 'utf8')).toContain('<!doctype html>')

    const generated = await run(['entity:generate', '--out', 'generated'])
    expect(generated.stdout).toBe('generated/entities.ts: new, 1 class\n')
    const source = readFileSync(join(own, 'generated/entities.ts'), 'utf8')
    expect(source).toContain(`@Entity('products')\nexport class Products {`)
    const unchanged = await run(['entity:generate', '--out', 'generated', '--check'])
    expect(unchanged).toMatchObject({
      code: 0,
      stdout: 'generated/entities.ts: unchanged, 1 class\n',
    })
    writeFileSync(join(own, 'generated/entities.ts'), `${source}// mine\n`)
    expect((await run(['entity:generate', '--out', 'generated', '--check'])).code).toBe(1)
    const refused = await run(['entity:generate', '--out', 'generated'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('-// mine')
    expect(refused.stderr).toContain(
      'generated/entities.ts exists and differs from the generated source. Not a terminal: pass --yes to confirm.',
    )
    const overwritten = await run(['entity:generate', '--out', 'generated', '--yes'])
    expect(overwritten.stdout).toBe('generated/entities.ts: changed, 1 class\n')

    const drop = await run(['schema:drop'])
    expect(drop.code).toBe(1)
    expect(drop.stderr).toContain('Not a terminal: pass --yes to confirm.')
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
      /1 change loses data: no class maps column products\.extra\. Not a terminal: pass --yes/u,
    )
    const sure = await run(['schema:sync', '--allow-destructive', '--yes'])
    expect(sure.stdout).toContain('DROP')
    expect((await run(['schema:validate'])).code).toBe(0)
    await keyspace.client.execute(`DROP TABLE ${keyspace.name}.products`)
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
    expect(stdout).toContain('table products does not exist in the cluster')
  })

  it('refuses what sync cannot change', async () => {
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
    expect(stdout).toContain('table products does not exist in the cluster')
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
    expect(both.stderr).toContain(
      `has several connections ('first', 'second'); choose one with --connection`,
    )
    const third = await run([...given, '--connection', 'third'])
    expect(third.stderr).toContain(`has no connection 'third'; it has 'first', 'second'`)
    const nowhere = await run([...given, '--connection', 'first'])
    expect(nowhere.code).toBe(2)
    const environment = {
      CASSANDRA_CONTACT_POINTS: contactPoints.join(','),
      CASSANDRA_KEYSPACE: keyspace.name,
    }
    const there = await run([...given, '--connection', 'second'], environment)
    expect(there.stderr).toBe(
      `coodie: keyspace '${keyspace.name}' has no table or view 'nothing'\n`,
    )
    expect(there.code).toBe(1)
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
      'broken.config.ts': `export default { password: 'secret`,
      'broken.config.cjs': `module.exports = { password: 'secret`,
      'named.config.ts': 'export const config = { entities: [] }',
      'named.config.mjs': 'export const config = { entities: [] }',
      'await.config.ts': `export default { entities: ['await.ts'] }`,
      'await.ts': `import { Entity } from 'coodie'; await Promise.resolve(); @Entity() export class A {}`,
      'throws.config.cjs': `module.exports = { entities: ['throws.cjs'] }`,
      'throws.cjs': `throw new TypeError('first line\\nsecond line')`,
      taken: 'a file',
      'half.config.cjs': 'module.exports = { entities: [], contactPonts: [] }',
    })
    const cases: readonly (readonly [string, string])[] = [
      ['schema:diff', `no coodie.config.ts, .js, .mjs or .cjs in ${own}; create one`],
      ['schema:diff --config no.ts', `${join(own, 'no.ts')} does not exist`],
      [
        'schema:diff --config empty.config.cjs',
        'has no default export with DataSource options; write: export default',
      ],
      [
        'schema:diff --config broken.config.ts',
        `cannot compile ${join(own, 'broken.config.ts')}: Unterminated string constant (at 1:1)`,
      ],
      [
        'schema:diff --config broken.config.cjs',
        `cannot load ${join(own, 'broken.config.cjs')}: Invalid or unexpected token`,
      ],
      ['schema:diff --config named.config.ts', 'has no default export with DataSource options'],
      ['schema:diff --config named.config.mjs', 'has no default export with DataSource options'],
      [
        'schema:diff --config await.config.ts',
        `cannot load ${join(own, 'await.ts')}: it uses await at its top level, and TypeScript is loaded as CommonJS; move the await into a function`,
      ],
      [
        'schema:diff --config throws.config.cjs',
        `entities: cannot load ${join(own, 'throws.cjs')}: first line`,
      ],
      ['schema:diff --config half.config.cjs', `did you mean 'contactPoints'?`],
      ['schema:dif', `(Did you mean schema:diff?)`],
      ['schema:diff --chek', `(Did you mean --check?)`],
      ['entity:generate --check', '--per-class and --check need a folder; name it with --out'],
      [
        'schema:diagram --out a.png',
        'no format is known for a.png; pass --format svg, html or mermaid',
      ],
    ]
    const results = await Promise.all(cases.map(([args]) => run(args.split(' '))))
    for (const [i, { code, stderr }] of results.entries()) {
      expect(stderr).toContain(cases[i]?.[1])
      expect(stderr).not.toContain('secret')
      expect(stderr).not.toContain('second line')
      expect(code).toBe(2)
    }
    const json = await run(['schema:diff', '--json', '--config', 'half.config.cjs'])
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { message: expect.any(String) } })
  })

  it('says which file cannot be written, and that a keyspace is virtual', async () => {
    const { run } = project('unwritable', { ...files, taken: 'a file' })
    const cases: readonly (readonly [string, string, number])[] = [
      ['entity:generate --out taken/entities', 'cannot read ', 2],
      ['schema:diagram --out taken/schema.svg', 'cannot write ', 2],
      ['entity:generate --keyspace system_views', `keyspace 'system_views' is virtual: `, 1],
      ['schema:diagram --keyspace system_views', `keyspace 'system_views' is virtual: `, 1],
    ]
    for (const [args, message, exitCode] of cases) {
      const { code, stderr } = await run(args.split(' '))
      expect(stderr).toContain(`coodie: ${message}`)
      expect(code).toBe(exitCode)
    }
  })

  it('shows no control character of a name to the terminal', async () => {
    await keyspace.client.execute(
      `CREATE TABLE ${keyspace.name}.products (id uuid PRIMARY KEY, name text, "\u001b[2Jx\u009b" int)`,
    )
    const { run } = project('control', files)
    const diff = await run(['schema:diff'])
    expect(diff.stdout).toContain('no class maps column products.\\u{1b}[2Jx\\u{9b}')
    for (const args of [
      ['schema:diff'],
      ['schema:diff', '--json'],
      ['schema:sync', '--dry-run', '--allow-destructive'],
      ['schema:drop', '--dry-run'],
      ['entity:generate'],
      ['entity:generate', '--json'],
      ['schema:diagram', '--format', 'mermaid'],
      ['schema:diagram', '--json', '--format', 'mermaid'],
    ]) {
      const { stdout, stderr, code } = await run(args)
      expect([args, code]).toEqual([args, 0])
      expect(`${stdout}${stderr}`).not.toMatch(/[^\P{Cc}\n]/u)
    }
    await keyspace.client.execute(`DROP TABLE ${keyspace.name}.products`)
  })

  it('asks for @swc/core where TypeScript is to be read without it', async () => {
    const { run } = project('elsewhere', { 'coodie.config.ts': 'export default { entities: [] }' })
    const installed = join(folder(), 'node_modules/@swc/core')
    rmSync(installed)
    const { code, stderr } = await run(['schema:diff'])
    symlinkSync(join(root, 'node_modules/@swc/core'), installed)
    expect(stderr).toContain(
      'run npm install --save-dev @swc/core, or write the file in JavaScript',
    )
    expect(code).toBe(2)
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
