import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { useKeyspace } from '../server/keyspace'
import { readQuickStart } from './quick-start'
import { outputOf } from './run-command'

const root = resolve(__dirname, '../..')
const keyspace = useKeyspace()
let folder: string
let tarball: string
let packed: readonly string[]

/** Returns what a command prints. */
function output(
  command: string,
  args: readonly string[],
  cwd = folder,
  timeout = 0,
): Promise<string> {
  return outputOf(command, args, { cwd, env: { KEYSPACE: keyspace.name }, timeout })
}

/** The types of Node, where no package has brought them along. */
async function linkTypes(project: string): Promise<void> {
  const types = join(project, 'node_modules/@types')
  await mkdir(types, { recursive: true })
  if (existsSync(join(types, 'node'))) return
  await symlink(join(root, 'node_modules/@types/node'), join(types, 'node'), 'dir')
}

const bin = (name: string) => join(root, 'node_modules/.bin', name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coodie-packed-'))
  await cp(join(__dirname, 'project'), folder, { recursive: true })
  const [report] = JSON.parse(
    await output('npm', ['pack', '--json', '--silent', '--pack-destination', folder], root),
  ) as [{ filename: string; files: { path: string }[] }]
  tarball = join(folder, report.filename)
  packed = report.files.map(({ path }) => path)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true }))
  await output('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball])
}, 300_000)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('the package', () => {
  it('has the build, the license and the texts, and nothing else', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'package.json',
        'docs/getting-started.md',
        'docs/decisions/0001-one-symbol-metadata.md',
        'dist/index.js',
        'dist/index.mjs',
        'dist/index.d.ts',
        'dist/index.d.mts',
        'dist/nestjs/index.mjs',
        'dist/testing/index.mjs',
        'dist/migration/index.mjs',
      ]),
    )
    const others = packed.filter(
      (path) =>
        !/^dist\/.*\.(?:d\.ts|d\.mts|js|mjs)$|^docs\/.*\.md$|^[A-Z]+(?:\.md)?$|^package\.json$/u.test(
          path,
        ),
    )
    expect(others).toEqual([])
  })

  it('passes publint', async () => {
    expect(await output(bin('publint'), [tarball, '--strict', '--level', 'warning'])).toContain(
      'All good!',
    )
  })

  it('has types that resolve everywhere', async () => {
    expect(await output(bin('attw'), [tarball, '--no-color', '--no-emoji'])).toContain(
      'No problems found',
    )
  })

  it('opens nothing but its entry points', async () => {
    const inside = output('node', ['-e', `require('coodie/dist/data-source')`])
    await expect(inside).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })
})

describe('a program that installed it', () => {
  it('uses it from CommonJS, and shares one copy with ESM', async () => {
    expect(JSON.parse(await output('node', ['use.cjs']))).toEqual({
      name: 'Anvil',
      isProduct: true,
      isShared: true,
    })
  })

  it('uses it from ESM', async () => {
    expect(JSON.parse(await output('node', ['use.mjs']))).toEqual({ name: 'Rope' })
  })
})

describe('a program without class-transformer and class-validator', () => {
  it('has neither of them', () => {
    const found = ['class-transformer', 'class-validator'].filter((name) =>
      existsSync(join(folder, 'node_modules', name)),
    )
    expect(found).toEqual([])
  })

  it('has plain forms, and is told what validation needs', async () => {
    expect(JSON.parse(await output('node', ['without-peers.cjs']))).toEqual({
      plain: { id: 'c0ffee00-0000-4000-8000-000000000001', name: 'Anvil' },
      isReadBack: true,
      refusal: 'validate needs class-validator: npm install class-validator',
    })
  })
})

describe('a program with class-transformer in its own folder, where coodie cannot see it', () => {
  it('has what it excludes left out, from CommonJS and ESM', async () => {
    // As in a monorepo: the package lies above, its peer beside the program.
    const application = join(folder, 'packages/application')
    await mkdir(join(application, 'node_modules'), { recursive: true })
    const name = 'node_modules/class-transformer'
    await cp(join(root, name), join(application, name), { recursive: true })
    for (const program of ['excluding.cjs', 'excluding.mjs']) {
      await cp(join(__dirname, 'project', program), join(application, program))
      expect(JSON.parse(await output('node', [program], application))).toEqual({ name: 'Ann' })
    }
  })
})

describe('a TypeScript project that installed it', () => {
  const legacy = { experimentalDecorators: true, emitDecoratorMetadata: true }
  const modern = { lib: ['es2022', 'esnext.disposable', 'esnext.decorators'] }
  const node16 = { module: 'node16', moduleResolution: 'node16' }
  const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' }
  const bundler = { module: 'esnext', moduleResolution: 'bundler' }
  const node10 = { module: 'commonjs', moduleResolution: 'node10' }

  beforeAll(async () => {
    await linkTypes(folder)
  })

  it.each([
    ['typescript', 'legacy.ts', { ...legacy, ...node16 }],
    ['typescript', 'legacy.ts', { ...legacy, ...bundler }],
    ['typescript', 'legacy.ts', { ...legacy, ...node16, skipLibCheck: false }],
    ['typescript', 'tc39.ts', nodenext],
    ['typescript-5', 'legacy.ts', { ...legacy, ...node16 }],
    ['typescript-5', 'legacy.ts', { ...legacy, ...node10 }],
    ['typescript-5', 'tc39.ts', { ...modern, ...bundler }],
  ] as const)('is type-checked by %s: %s, %p', async (compiler, file, options) => {
    const config = join(folder, 'tsconfig.json')
    await writeFile(
      config,
      JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          types: ['node'],
          ...options,
        },
        files: [file],
      }),
    )
    const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
    expect(await output('node', [tsc, '-p', config])).toBe('')
    const { version } = JSON.parse(
      await readFile(join(root, 'node_modules', compiler, 'package.json'), 'utf8'),
    ) as { version: string }
    expect(Number.parseInt(version, 10)).toBe(compiler === 'typescript' ? 7 : 5)
  })
})

describe('the quick start of the README', () => {
  const quickStart = readQuickStart(keyspace.name)
  const inside = () => join(folder, 'quick-start')

  beforeAll(async () => {
    // Both kinds of modules in one folder, because a start of an older compiler takes seconds.
    const asCommonJs = join(inside(), 'commonjs')
    await mkdir(asCommonJs, { recursive: true })
    await writeFile(join(inside(), 'package.json'), JSON.stringify(quickStart.manifest))
    await writeFile(join(inside(), quickStart.file), quickStart.program)
    await writeFile(join(asCommonJs, 'package.json'), '{}')
    await writeFile(join(asCommonJs, quickStart.file), quickStart.programInCommonJs)
    const packages = quickStart.packages.map((name) => (name === 'coodie' ? tarball : name))
    const options = ['install', '--no-audit', '--no-fund', '--prefer-offline']
    await output('npm', [...options, ...packages], inside())
  }, 300_000)

  it('names what is to be installed', () => {
    expect(quickStart.packages).toEqual(['coodie', 'typescript', '@types/node', '@swc/core'])
  })

  it.each(
    ['typescript', 'typescript-6', 'typescript-5', 'typescript-5.4'].flatMap((compiler) => [
      [compiler, 'standard'] as const,
      [compiler, 'legacy'] as const,
    ]),
  )('compiles with %s and %s decorators, prints what it says, and ends', async (compiler, form) => {
    const config = JSON.stringify({ compilerOptions: quickStart.compilerOptions[form] })
    await writeFile(join(inside(), 'tsconfig.json'), config)
    const compiled = quickStart.file.replace('.ts', '.js')
    const kinds = [
      [join(inside(), compiled), /^import /mu],
      [join(inside(), 'commonjs', compiled), /require\(/u],
    ] as const
    for (const [file] of kinds) await rm(file, { force: true })
    const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
    expect(await output('node', [tsc], inside())).toBe('')
    for (const [file, form] of kinds) {
      expect(await readFile(file, 'utf8')).toMatch(form)
      expect(await output('node', [file], inside(), 30_000)).toBe(quickStart.printed)
    }
  })
})

describe.each([10, 11, 12])('an application of NestJS %i that installed it', (version) => {
  const inside = () => join(folder, `nest-${version}`)
  const packages = ['common', 'core', 'terminus'].map((name) => `@nestjs/${name}@${version}`)

  beforeAll(async () => {
    await cp(join(__dirname, 'project'), inside(), { recursive: true })
    await writeFile(join(inside(), 'package.json'), '{ "name": "user", "private": true }')
    const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...packages]
    await output('npm', [...install, 'rxjs@7'], inside())
    await linkTypes(inside())
  }, 300_000)

  it('has that version', async () => {
    const json = await readFile(join(inside(), 'node_modules/@nestjs/core/package.json'), 'utf8')
    expect(JSON.parse(json)).toMatchObject({ version: expect.stringMatching(`^${version}\\.`) })
  })

  it.each(['nest.cjs', 'nest.mjs'])('runs and ends by itself: %s', async (program) => {
    expect(JSON.parse(await output('node', [program], inside()))).toEqual({
      name: 'closed',
      isOwn: true,
      areApart: true,
      up: 'ok',
      down: '503: down',
      isInitialized: false,
    })
  })

  it.each(
    version === 12
      ? ['typescript', 'typescript-5']
      : ['typescript', 'typescript-5', 'typescript-5.4'],
  )('is type-checked by %s', async (compiler) => {
    const config = join(inside(), 'tsconfig.json')
    const compilerOptions = {
      target: 'es2022',
      // ES modules alone as they are since version 12, CommonJS can load with compilers of 5.8 and later.
      module: version === 12 ? 'nodenext' : 'node16',
      moduleResolution: version === 12 ? 'nodenext' : 'node16',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    }
    await writeFile(config, JSON.stringify({ compilerOptions, files: ['nest.ts'] }))
    const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
    expect(await output('node', [tsc, '-p', config], inside())).toBe('')
  })
})
