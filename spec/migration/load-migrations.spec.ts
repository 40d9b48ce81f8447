import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { MigrationError } from '../../lib/errors/errors'
import { loadMigrations } from '../../lib/migration/files/load-migrations'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-migrations-')))
let folders = 0

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

/** Writes files into a folder of their own, and returns it. */
function write(files: Readonly<Record<string, string>>): string {
  const folder = join(root, `f${folders++}`)
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const definer = join(__dirname, '../../lib/migration/define-migration')
const script = '-- migrate:up\nDROP INDEX a'
const program = (definition: string) =>
  `import { defineMigration } from '${definer}'\nexport default defineMigration(${definition})`

it('loads every kind of file once, ordered by its number', async () => {
  const files = {
    '20261130120000-add-brand.cql':
      '-- description: b\n-- migrate:up\nDROP INDEX a;DROP INDEX b;\n-- migrate:down\nDROP INDEX c',
    '007-a.ts': program(
      `{ up: ['DROP INDEX a', (): void => undefined] as const, destructive: true }`,
    ),
    '0-b.c.js': `module.exports = require('${definer}').defineMigration({ up: [], down: [] })`,
    '123456789012345678901234567890-d.cjs': `exports.default = require('${definer}').defineMigration({ up: [] })`,
    '10-comments.cql': '-- nothing to do\n',
    '7-a.d.ts': 'export {}',
    '8-a.js.map': '{}',
    'README.md': '',
    'node_modules/x/nameless.js': '',
  }
  const folder = write(files)
  const loaded = await loadMigrations([
    `${folder}/*.{ts,js,cjs,cql}`,
    `${folder}/*`,
    `${folder}/**/*.ts`,
    `${folder}/no/*.ts`,
    { version: '0009', title: 'in-place', up: ['DROP INDEX d'] },
  ])
  expect(loaded.map(({ version, title, file }) => [version, title, file])).toEqual([
    ['0', 'b.c', join(folder, '0-b.c.js')],
    ['7', 'a', join(folder, '007-a.ts')],
    ['9', 'in-place', undefined],
    ['10', 'comments', join(folder, '10-comments.cql')],
    ['20261130120000', 'add-brand', join(folder, '20261130120000-add-brand.cql')],
    ['123456789012345678901234567890', 'd', join(folder, '123456789012345678901234567890-d.cjs')],
  ])
  expect(loaded[1]).toMatchObject({
    destructive: true,
    up: [{ cql: 'DROP INDEX a' }, { kind: 'function' }],
  })
  expect(loaded[3]).toMatchObject({ up: [], down: undefined })
  expect(loaded[4]).toMatchObject({
    description: 'b',
    destructive: false,
    up: [{ cql: 'DROP INDEX a' }, { cql: 'DROP INDEX b' }],
    down: [{ cql: 'DROP INDEX c' }],
    checksum: createHash('sha256').update(files['20261130120000-add-brand.cql']).digest('hex'),
  })
})

it('finds nothing in globs without files', async () => {
  expect(await loadMigrations([`${root}/nowhere/*.cql`])).toEqual([])
  expect(await loadMigrations([])).toEqual([])
})

const remedy = 'write: export default defineMigration({ up: [ … ] })'

it.each<[string, Readonly<Record<string, string>>, (folder: string) => string, string | undefined]>(
  [
    [
      'two files of one version',
      { '7-a.cql': script, '007-b.cql': script, '8-c.cql': script },
      (folder) =>
        `several migrations have one version; give each its own (version 7: ${folder}/007-b.cql, ${folder}/7-a.cql)`,
      '7',
    ],
    [
      'files without a version',
      { 'a.ts': '', '1.js': '', '2-.cql': '', '3-b.cql': script },
      (folder) =>
        `${folder}/1.js, ${folder}/2-.cql, ${folder}/a.ts: the name of a migration is <digits>-<title>, for example ` +
        '20261130120000-add-brand.ts; rename the file, or leave it out of the globs',
      undefined,
    ],
    ...(
      [
        ['a file without a default export', 'export const a = 1', 'missing'],
        ['a module without exports', 'module.exports = {}', 'missing'],
        ['a plain object', 'export default { up: [] }', 'an object of another kind'],
        ['an async factory', 'export default async () => ({ up: [] })', 'a function'],
        ['a promise', 'export default Promise.resolve({ up: [] })', 'a promise'],
        ['a text', `export default 'DROP INDEX a'`, 'a string'],
      ] as const
    ).map(
      ([name, source, kind]): [
        string,
        Readonly<Record<string, string>>,
        (folder: string) => string,
        string,
      ] => [
        name,
        { '0012-a.ts': source },
        (folder) => `${folder}/0012-a.ts: the default export is ${kind}; ${remedy}`,
        '12',
      ],
    ),
    [
      'an unknown step',
      { '1-a.ts': program(`{ up: ['DROP INDEX a', 7 as never] }`) },
      (folder) => `${folder}/1-a.ts: defineMigration: up must be an array of steps`,
      '1',
    ],
    [
      'two statements in one step',
      { '1-a.ts': program(`{ up: [], down: ['DROP INDEX a; DROP INDEX b'] }`) },
      (folder) => `${folder}/1-a.ts: step 1 of down has 2 statements`,
      '1',
    ],
    [
      'a file that throws',
      { '1-a.ts': `throw new Error('no luck\\n today')` },
      (folder) => `${folder}/1-a.ts: cannot load the file: no luck`,
      '1',
    ],
    [
      'a script with a fault',
      { '1-a.cql': '\n-- migrate:pu' },
      (folder) => `${folder}/1-a.cql: line 2: 'migrate:pu' is not a marker`,
      '1',
    ],
  ],
)('refuses %s', async (_, files, message, version) => {
  const folder = write(files)
  const error: unknown = await loadMigrations([`${folder}/*`]).catch((each: unknown) => each)
  expect(error).toBeInstanceOf(MigrationError)
  expect((error as Error).message).toContain(message(folder))
  expect((error as MigrationError).version).toBe(version)
})

it.each([
  [{ version: 7 as never, title: 'a' }, `migration 'a': version must be digits as text`],
  [{ version: 'v7', title: 'a' }, `migration 'a': version must be digits as text`],
  [{ version: '7', title: '' }, `migration 7: title must be a text, for example 'add-brand'`],
])('refuses %j in place', async (given, message) => {
  await expect(loadMigrations([{ ...given, up: [] }])).rejects.toThrow(message)
})

it('names migrations in place by version and title', async () => {
  const inPlace = (version: string, title: string) => ({ version, title, up: [] })
  await expect(loadMigrations([inPlace('1', 'a'), inPlace('01', 'b')])).rejects.toThrow(
    'version 1: 1-a, 1-b',
  )
})
