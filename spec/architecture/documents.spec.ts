import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { floors } from './find-violations'

const root = join(__dirname, '../..')
const folders = readdirSync(join(root, 'lib'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const architecture = readFileSync(join(root, 'docs/architecture.md'), 'utf8')

it('describes every folder of lib in docs/architecture.md', () => {
  expect(folders.filter((folder) => !architecture.includes(`| \`${folder}/\``))).toEqual([])
})

it('draws the floors of lib in docs/architecture.md', () => {
  const [, drawing = ''] = /^```\n(nestjs.*?)\n```$/msu.exec(architecture) ?? []
  const drawn = drawing
    .split('\n')
    .map((line) =>
      [...line.matchAll(/([\w-]+)(?:\/|\.ts)(?= |$)/gu)].map(([, name]) => name).sort(),
    )
  expect(drawn).toEqual(floors.map((names) => names.map((name) => name || 'index').sort()))
})

it('cites decisions that exist', () => {
  const cited = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const source = readFileSync(join(root, 'lib', path), 'utf8')
      return source.match(/docs\/decisions(?:\/[\w-]+\.md)?/gu) ?? []
    })
  expect(cited.length).toBeGreaterThan(0)
  expect(cited.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

it('numbers decisions one by one', () => {
  const numbers = readdirSync(join(root, 'docs/decisions'))
    .sort()
    .map((name) => name.slice(0, 4))
  expect(numbers).toEqual(numbers.map((_, i) => String(i + 1).padStart(4, '0')))
})

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync('docs/**/*.md', { cwd: root }).sort(),
] as const

/** The anchors of a page's headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const prose = readFileSync(join(root, page), 'utf8').replaceAll(/^ *```.*?^ *```$/gmsu, '')
  const headings = [...prose.matchAll(/^#+ (.*)$/gmu)]
  return new Set(
    headings.map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\w\s-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  )
}

it.each(pages)('%s links to files and headings that exist', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/gu)]
  const broken = links
    .map(([link, path = '', anchor]) => ({ link, anchor, target: join(dirname(page), path) }))
    .map(({ link, anchor, target }) => ({
      link,
      anchor,
      target: link.includes('](#') ? page : target,
    }))
    .filter(
      ({ anchor, target }) =>
        !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).has(anchor)),
    )
  expect(broken.map(({ link }) => link)).toEqual([])
})

const describing = ['docs/architecture.md', ...pages.filter((page) => /decisions\/\d/u.test(page))]

it.each(describing)('%s names files of lib, spec and docs that exist', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const named = [...text.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:ts|md))`/gu)].map(
    ([, file = '']) => file,
  )
  const missing = named.filter(
    (file) => !existsSync(join(root, 'lib', file)) && !existsSync(join(root, file)),
  )
  expect(missing).toEqual([])
})

it.each(pages.filter((page) => /^docs\/[\w-]+\.md$/u.test(page)))(
  '%s begins with its subject and ends with links to what comes next',
  (page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const [title = '', ...paragraphs] = text
      .trimEnd()
      .split(/\n\n+/u)
      .filter((paragraph) => !paragraph.startsWith('<!--'))
    expect(title).toMatch(/^# /u)
    expect(paragraphs[0]).toMatch(/^This page /u)
    expect(paragraphs.at(-1)).toMatch(/^Next: .*\]\(/su)
  },
)
