import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { useKeyspace } from '../server/keyspace'
import { outputOf } from './run-command'

/*
 * One program with each tool that docs/build-tools.md names, with both forms of decorators, on the packed package.
 * What does not work is tried too: when a tool learns it, the page has to say so.
 */

const root = resolve(__dirname, '../..')
const keyspace = useKeyspace()
let folder: string

const forms = ['tc39', 'legacy'] as const
type Form = (typeof forms)[number]

const standard = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  skipLibCheck: true,
  types: ['node'],
}
const compilerOptions = {
  tc39: standard,
  legacy: { ...standard, experimentalDecorators: true, emitDecoratorMetadata: true },
} as const satisfies Record<Form, object>

/** The program in a folder of its form, whose tsconfig.json every tool finds. */
const inside = (form: Form) => join(folder, form)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coodie-tools-'))
  await cp(join(__dirname, 'tools/package.json'), join(folder, 'package.json'))
  const pack = ['pack', '--json', '--silent', '--pack-destination', folder]
  const [report] = JSON.parse(await outputOf('npm', pack, { cwd: root })) as [{ filename: string }]
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps']
  await outputOf('npm', [...install, join(folder, report.filename)], { cwd: folder })
  // What ts-node and the types need, of the repository's own.
  const linked = {
    typescript: 'typescript-5',
    '@swc/core': '@swc/core',
    '@swc/jest': '@swc/jest',
    '@types/node': '@types/node',
  }
  for (const [name, from] of Object.entries(linked)) {
    const link = join(folder, 'node_modules', name)
    await rm(link, { recursive: true, force: true })
    await mkdir(resolve(link, '..'), { recursive: true })
    await symlink(join(root, 'node_modules', from), link, 'dir')
  }
  for (const form of forms) {
    await cp(join(__dirname, 'tools'), inside(form), { recursive: true })
    // With coodie among the dependencies, which tsup therefore does not bundle.
    await cp(join(folder, 'package.json'), join(inside(form), 'package.json'))
    const config = JSON.stringify({ compilerOptions: compilerOptions[form] })
    await writeFile(join(inside(form), 'tsconfig.json'), config)
  }
  await keyspace.client.execute(
    `CREATE TABLE ${keyspace.name}.tools (id int PRIMARY KEY, name text, uses list<text>)`,
  )
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const environment = (form: Form) => ({ KEYSPACE: keyspace.name, FORM: form })

/** Runs a program or a tool that was installed, in the folder of a form. */
function run(form: Form, ...command: readonly string[]): Promise<string> {
  const [name = '', ...args] = command
  const path = name === 'node' ? name : join(folder, 'node_modules/.bin', name)
  return outputOf(path, args, { cwd: inside(form), env: environment(form), timeout: 120_000 })
}

async function bundle(form: Form, outfile: string, options: BuildOptions): Promise<string> {
  const path = join(inside(form), outfile)
  await build({
    absWorkingDir: inside(form),
    entryPoints: ['program.ts'],
    outfile: path,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    ...options,
  })
  return run(form, 'node', path)
}

/** An ES module has no `require`, which the driver needs. */
const banner = {
  js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
}

/** Runs a tool, then the program that it built. */
async function built(form: Form, program: string, command: string): Promise<string> {
  await run(form, ...command.split(' '))
  return run(form, 'node', program)
}

/** What is done, by the name of the tool in the page. */
const tools: Readonly<Record<string, (form: Form) => Promise<string>>> = {
  tsx: (form) => run(form, 'tsx', 'program.ts'),
  'ts-node': (form) => run(form, 'ts-node', 'program.ts'),
  'ts-node --swc': (form) => run(form, 'ts-node', '--swc', 'program.ts'),
  'esbuild, coodie external': async (form) => {
    const options: BuildOptions = { packages: 'external' }
    await bundle(form, 'external.cjs', { ...options, format: 'cjs' })
    return bundle(form, 'external.mjs', { ...options, format: 'esm' })
  },
  'esbuild, one file': async (form) => {
    await bundle(form, 'one.cjs', { format: 'cjs' })
    return bundle(form, 'one.min.cjs', { format: 'cjs', minify: true })
  },
  'esbuild, one ES module (AWS Lambda)': async (form) => {
    await bundle(form, 'one.mjs', { format: 'esm', banner })
    return bundle(form, 'one.min.mjs', { format: 'esm', banner, minify: true })
  },
  'esbuild without a target': (form) =>
    bundle(form, 'next.cjs', { packages: 'external', format: 'cjs', target: 'esnext' }),
  tsup: async (form) => {
    const command = 'tsup program.ts --format cjs,esm --out-dir tsup --silent'
    await built(form, 'tsup/program.js', command)
    return run(form, 'node', 'tsup/program.mjs')
  },
  vite: (form) =>
    built(form, 'vite/program.mjs', 'vite build --ssr program.ts --outDir vite --logLevel warn'),
  vitest: async (form) => {
    await writeFile(
      join(inside(form), 'vitest.config.mjs'),
      `export default { test: { globals: true, include: ['vitest-case.ts'] } }`,
    )
    const printed = await run(form, 'vitest', 'run', '--reporter=json')
    const { numPassedTests } = JSON.parse(printed) as { numPassedTests: number }
    return numPassedTests === 1 ? expected : printed
  },
  Babel: (form) =>
    built(
      form,
      'babel/program.js',
      'babel program.ts entities.ts --extensions .ts -d babel --config-file ./babel.cjs',
    ),
}

const expected = JSON.stringify({ isTool: true, name: 'Anvil', uses: [] })

/** What the tools cannot do, by their name and the form of decorators, with what they say. */
const failures: Readonly<Record<string, RegExp>> = {
  'ts-node --swc, tc39': /Expression expected/u,
  'esbuild without a target, tc39': /SyntaxError: Invalid or unexpected token/u,
  'vite, tc39': /SyntaxError: Invalid or unexpected token/u,
  'vitest, tc39': /Invalid or unexpected token/u,
}

const cases = Object.keys(tools).flatMap((tool) => forms.map((form) => ({ tool, form })))
const isFailing = ({ tool, form }: { tool: string; form: Form }) => `${tool}, ${form}` in failures

it.each(cases.filter((each) => !isFailing(each)))(
  '$tool works with $form decorators',
  async ({ tool, form }) => {
    expect((await tools[tool]?.(form))?.trim()).toBe(expected)
  },
  180_000,
)

it.each(cases.filter(isFailing))(
  '$tool does not work with $form decorators, as the page says',
  async ({ tool, form }) => {
    await expect(tools[tool]?.(form)).rejects.toThrow(failures[`${tool}, ${form}`])
  },
  180_000,
)

const readPage = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')

describe('the files of docs/testing.md', () => {
  const tests = () => join(folder, 'tests')
  // Each begins with its path in a comment.
  const files = readPage('testing.md').matchAll(/^```[jt]s\n\/\/ (\S+)\n(.*?)^```$/gmsu)

  beforeAll(async () => {
    await mkdir(join(tests(), 'test'), { recursive: true })
    for (const [, path = '', text = ''] of files) {
      await writeFile(join(tests(), path), text.replace('coupons_test', keyspace.name))
    }
    const [, swcrc = ''] = /^```json\n(.*?)^```$/msu.exec(readPage('build-tools.md')) ?? []
    await writeFile(join(tests(), '.swcrc'), swcrc)
    const config = JSON.stringify({ compilerOptions: compilerOptions.legacy })
    await writeFile(join(tests(), 'tsconfig.json'), config)
  })

  it.each([
    ['jest', join(root, 'node_modules/.bin/jest'), ['--json']],
    ['vitest', 'vitest', ['run', '--reporter=json']],
  ])(
    'pass in %s',
    async (_, command, args) => {
      const path = command === 'vitest' ? join(folder, 'node_modules/.bin/vitest') : command
      const printed = await outputOf(path, args, { cwd: tests(), timeout: 120_000 })
      expect(JSON.parse(printed.slice(printed.indexOf('{')))).toMatchObject({
        numPassedTests: 1,
        numFailedTests: 0,
      })
    },
    180_000,
  )
})

describe('the table of docs/build-tools.md', () => {
  const page = readPage('build-tools.md')
  const rows = [...page.matchAll(/^\| (.+?) +\| (yes|no) +\| (yes|no) +\| (.+?) +\|$/gmu)].map(
    ([, tool = '', tc39, legacy, tried = '']) => ({
      tool: tool.replaceAll('`', ''),
      tc39,
      legacy,
      tried,
    }),
  )

  it('has what these specs try, with what came of it', () => {
    expect(rows.filter(({ tried }) => tried === 'by a spec')).toEqual(
      expect.arrayContaining(
        Object.keys(tools).map((tool) => ({
          tool,
          tc39: isFailing({ tool, form: 'tc39' }) ? 'no' : 'yes',
          legacy: isFailing({ tool, form: 'legacy' }) ? 'no' : 'yes',
          tried: 'by a spec',
        })),
      ),
    )
  })

  it('says of all others when they were tried, and in which version', () => {
    const others = rows.filter(({ tried }) => tried !== 'by a spec')
    expect(others.length).toBeGreaterThan(0)
    for (const { tried } of others) expect(tried).toMatch(/^\S.* \d+\.\d+\.\d+, \d{4}-\d\d-\d\d$/u)
  })
})
