import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { docComments, publicNames } from './doc-comments-of'

const root = join(__dirname, '../..')
const entryPoints = [
  'lib/index.ts',
  'lib/nestjs/index.ts',
  'lib/testing/index.ts',
  'lib/migration/index.ts',
]

/** A comment begins with a verb or with the name of the thing: CONTRIBUTING.md. */
const unclear = /^(?:What|Of|How|True|False|Whether|Where|Which|Undefined|Why|When)\b/u

it.each(entryPoints)('%s: every public name and its members have a doc comment', (entryPoint) => {
  const names = publicNames(entryPoint)
  expect(names.length).toBeGreaterThan(10)
  const bare = names.filter(({ comments }) => comments.length === 0)
  expect(bare.map(({ where, name }) => `${where} ${name}`)).toEqual([])
})

it('no doc comment begins with a word that leaves open what the thing is', () => {
  const found = globSync('lib/**/*.ts', { cwd: root })
    .sort()
    .flatMap((path) =>
      docComments(path).map(({ line, text }) => ({ where: `${path}:${line}`, text })),
    )
    .filter(({ text }) => unclear.test(text))
  expect(found.map(({ where, text }) => `${where} ${text.split('\n')[0] ?? ''}`)).toEqual([])
})
