import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type BuildOptions, build } from 'esbuild'
import { webpack } from 'webpack'
import { useKeyspace } from '../server/keyspace'

const run = promisify(execFile)
const root = resolve(__dirname, '../..')
const keyspace = useKeyspace()

/** In node_modules, so that the dependencies of the package are found. */
let folder: string
let entry: string

/** The packages that a bundle leaves out: optional ones, which the application may not have. */
const external = [
  'class-transformer',
  'class-validator',
  '@opentelemetry/api',
  '@swc/core',
  'kerberos',
]

/** An ES module has no `require`, which the driver and Node's own modules in CommonJS packages need. */
const banner = {
  js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
}

beforeAll(async () => {
  const cache = join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'bundles-'))
  // A package of its own, or `coodie` would be the package around it.
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true }))
  await writeFile(join(folder, 'tsconfig.json'), '{}')
  const target = join(folder, 'node_modules/coodie')
  await mkdir(target, { recursive: true })
  await cp(join(root, 'package.json'), join(target, 'package.json'))
  await run(process.execPath, [join(root, 'scripts/build.mjs'), target], { cwd: root })
  // The decorators of the program, which webpack cannot read.
  entry = join(folder, 'program.js')
  await build({
    entryPoints: [join(__dirname, 'project/bundled.ts')],
    outfile: entry,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  })
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

async function bundleWithEsbuild(file: string, options: BuildOptions): Promise<string> {
  const outfile = join(folder, file)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external,
    logLevel: 'error',
    ...options,
  })
  return outfile
}

async function bundleWithWebpack(file: string): Promise<string> {
  const compiler = webpack({
    mode: 'production',
    target: 'node20',
    entry,
    output: { path: folder, filename: file },
    // With what lies inside of them, which coodie requires too.
    externals: [
      ({ request = '' }, done) =>
        external.some((name) => request === name || request.startsWith(`${name}/`))
          ? done(undefined, `commonjs ${request}`)
          : done(),
    ],
  })
  await new Promise<void>((done, failed) => {
    compiler?.run((error, stats) => {
      // A warning too: webpack must find nothing to warn of.
      const problem = error ?? stats?.compilation.errors[0] ?? stats?.compilation.warnings[0]
      if (problem === undefined || problem === null) done()
      else failed(problem)
    })
  })
  return join(folder, file)
}

const bundles: readonly (readonly [string, () => Promise<string>])[] = [
  ['esbuild, CommonJS', () => bundleWithEsbuild('a.cjs', { format: 'cjs' })],
  [
    'esbuild, CommonJS, minified',
    () => bundleWithEsbuild('b.cjs', { format: 'cjs', minify: true }),
  ],
  ['esbuild, ES module', () => bundleWithEsbuild('c.mjs', { format: 'esm', banner })],
  [
    'esbuild, ES module, minified',
    () => bundleWithEsbuild('d.mjs', { format: 'esm', banner, minify: true }),
  ],
  ['webpack, production', () => bundleWithWebpack('e.cjs')],
]

it.each(bundles)(
  'values and errors are the same in a bundle: %s',
  async (_, bundle) => {
    const file = await bundle()
    const env = { ...process.env, KEYSPACE: keyspace.name }
    await keyspace.client.execute(`DROP TABLE IF EXISTS ${keyspace.name}.bundled`)
    await keyspace.client.execute(`DROP TABLE IF EXISTS ${keyspace.name}.wrong`)
    const { stdout, stderr } = await run(process.execPath, [file], { env, timeout: 120_000 })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      same: Array.from({ length: 8 }, () => true),
      money: '9.99',
      vector: [0.5, 1.5],
      directRows: true,
      invalid: ['ExecutionError', 'invalid'],
      value: 'ValueError',
      late: true,
      wrong: true,
      closed: 'connection',
    })
  },
  120_000,
)
