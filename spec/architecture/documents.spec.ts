import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '../..')
const folders = readdirSync(join(root, 'lib'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

it('describes every folder of lib in docs/architecture.md', () => {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  expect(folders.filter((folder) => !text.includes(`| \`${folder}/\``))).toEqual([])
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
