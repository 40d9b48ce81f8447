import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { outputOf } from './run-command'

const root = resolve(__dirname, '../..')
let folder: string
let version: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coodie-release-'))
  for (const file of ['package.json', 'README.md']) await cp(join(root, file), join(folder, file))
  version = (JSON.parse(await read('package.json')) as { version: string }).version
  await writeFile(
    join(folder, 'CHANGELOG.md'),
    `# Changelog\n\n## Unreleased\n\n- later\n\n## ${version}\n\n### Added\n\n- now\n\n## 0.0.1\n\n- before\n`,
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const read = (file: string) => readFile(join(folder, file), 'utf8')
const prepare = (...args: readonly string[]) =>
  outputOf('node', [join(root, 'scripts/prepare-release.mjs'), ...args], { cwd: folder })

it('prints the notes of the version alone', async () => {
  expect(await prepare('owner/name', `v${version}`)).toBe('### Added\n\n- now\n')
})

it('writes where the package comes from', async () => {
  await prepare('owner/name', `v${version}`)
  expect(JSON.parse(await read('package.json'))).toMatchObject({
    name: 'coodie',
    repository: { type: 'git', url: 'git+https://github.com/owner/name.git' },
    homepage: 'https://github.com/owner/name#readme',
    bugs: 'https://github.com/owner/name/issues',
  })
})

it('leaves no link of the README that leads nowhere on the page of the registry', async () => {
  await prepare('owner/name', `v${version}`)
  const readme = await read('README.md')
  const links = [...readme.matchAll(/\]\(([^)]+)\)/gu)].map(([, link = '']) => link)
  expect(links).toContain(`https://github.com/owner/name/blob/v${version}/docs/getting-started.md`)
  expect(links.filter((link) => !link.startsWith('https://'))).toEqual([])
})

it('refuses a tag of another version, and a version without a section', async () => {
  await expect(prepare('owner/name', 'v99.0.0')).rejects.toThrow(
    `the tag is v99.0.0, but the version of package.json is ${version}`,
  )
  await writeFile(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n- all\n')
  await expect(prepare('owner/name', `v${version}`)).rejects.toThrow(
    `CHANGELOG.md has no section of ${version}: rename "## Unreleased" to "## ${version}"`,
  )
})

it('refuses what is not a repository', async () => {
  await expect(prepare('name', `v${version}`)).rejects.toThrow('pass the repository and the tag')
})
