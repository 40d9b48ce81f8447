import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { messageTexts, unreadTexts } from './find-texts'

const root = join(__dirname, '../..')
const read = (patterns: string[]) =>
  new Map(
    globSync(patterns, { cwd: root }).map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  )

it('every message that refuses something is read by a spec', () => {
  const specs = [...read(['spec/**/*.ts']).values()]
  const texts = [...read(['lib/**/*.ts'])].map(
    ([path, source]) => [path, messageTexts(source)] as const,
  )
  const lost = new Set(
    unreadTexts(
      texts.flatMap(([, found]) => found),
      specs,
    ),
  )
  const unread = texts.flatMap(([path, found]) =>
    found.filter((text) => lost.has(text)).map((text) => `${path}: ${text}`),
  )
  expect(unread).toEqual([])
})

describe('the reading itself', () => {
  const source = `
    throw new StatementError(\`\${entity} is not what it should be; \${near}write it in another way\`)
    refuse(entity, 'has a reason of its own' + (odd ? ', and a further one that is odd' : ''))
    const rule = { reason: 'a rule that holds a reason', other: 'no message at all, whatever it is' }
    throw new Error('something that is no refusal of ours')
    tell('short')`
  const texts = [
    'is not what it should be;',
    'write it in another way',
    'has a reason of its own',
    ', and a further one that is odd',
    'a rule that holds a reason',
  ]

  it('finds the constant parts of messages, and no other texts', () => {
    expect(messageTexts(source)).toEqual(texts)
  })

  it('knows a text by a part of it, over several lines or in a pattern', () => {
    const specs = [
      "toThrow('X is not what it' +\n   ' should be')",
      '/has a reason of its o/u',
      'rule that holds a reason',
    ]
    expect(unreadTexts(texts, specs)).toEqual([
      'write it in another way',
      ', and a further one that is odd',
    ])
  })
})
