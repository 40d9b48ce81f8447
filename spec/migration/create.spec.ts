import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import {
  createMigration,
  directoryOf,
  requireWriteOptions,
} from '../../lib/migration/generate/create-migration'
import { parseScript } from '../../lib/migration/files/parse-script'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-create-')))

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

it('writes files whose versions differ, however many at once', async () => {
  const directory = join(root, 'many')
  const written = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      createMigration({ title: `Number ${n % 2}!`, format: n % 3 === 0 ? 'cql' : 'ts' }, directory),
    ),
  )
  const versions = written.map(({ version }) => version)
  expect(new Set(versions).size).toBe(12)
  for (const { version, title, file } of written) {
    expect(version).toMatch(/^20\d{12}$/u)
    expect(basename(file)).toMatch(new RegExp(`^${version}-${title}\\.(ts|cql)$`, 'u'))
    expect(title).toMatch(/^number-[01]$/u)
    const source = readFileSync(file, 'utf8')
    if (file.endsWith('.cql')) {
      expect(parseScript(source)).toMatchObject({ up: [], down: [] })
    } else expect(source).toContain('  up: [],\n  down: [],\n')
  }
  // Nothing else is left.
  expect(readdirSync(directory)).toHaveLength(12)
})

it('gives a version that is later than those of all files', async () => {
  const directory = join(root, 'later')
  const { file } = await createMigration({ title: 'a', directory }, 'elsewhere')
  writeFileSync(file.replace(/\d{14}/u, '29991231235959'), '')
  writeFileSync(join(directory, '7-old.ts'), '')
  const later = await createMigration({ title: 'b', directory }, 'elsewhere')
  expect(later.version).toBe('30000101000000')
})

it.each([
  [['db/migrations/*.{ts,cql}'], 'db/migrations'],
  [['migrations/**/*.ts', 'other/*.ts'], 'migrations'],
  [['*.ts'], '.'],
  [['/srv/shop/migrations/1-a.ts'], '/srv/shop/migrations'],
  [['/*.ts'], '/'],
  [[{ version: '1' }, 'db/*.ts'], 'db'],
  [[], 'migrations'],
])('writes for the globs %j to %s', (globs, directory) => {
  expect(directoryOf(globs)).toBe(directory)
})

it.each([
  [{}, 'create: title is missing'],
  [{ title: ' ' }, 'create: title must be a text that is not empty'],
  [{ title: 'a', format: 'js' }, `create: format must be one of 'ts', 'cql'`],
  [{ titel: 'a' }, `create has no option 'titel'; did you mean 'title'?`],
])('refuses the options %j', (options, message) => {
  expect(() => requireWriteOptions('create', options as never)).toThrow(message)
})

it('refuses a title without a word, and a directory that cannot be made', async () => {
  await expect(createMigration({ title: '/..' }, root)).rejects.toThrow(
    `title: '/..' has no letter or digit; say what the migration does`,
  )
  writeFileSync(join(root, 'file'), '')
  await expect(createMigration({ title: 'a' }, join(root, 'file'))).rejects.toThrow(
    `cannot write a migration to ${join(root, 'file')}: `,
  )
})
