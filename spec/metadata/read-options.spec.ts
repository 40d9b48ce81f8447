import { boolean, oneOf, text, texts } from '../../lib/errors/option-checks'
import { finite, readOptions, scalars, whole } from '../../lib/metadata/read-options'

const checks = {
  name: text,
  select: boolean,
  ratio: finite,
  ttl: whole(0, 10, 'seconds'),
  order: oneOf(['asc', 'desc']),
  side: oneOf(['left', 'middle', 'right']),
  groups: texts,
  compaction: scalars,
} as const

function problemsOf(given: unknown): readonly string[] {
  const problems: string[] = []
  readOptions(given, checks, {
    owner: '@Column()',
    tell: (message) => problems.push(message),
    elsewhere: { position: 'only columns of the primary key have a position' },
  })
  return problems
}

it('returns what the checks accept, and undefined as given', () => {
  const given = { name: 'a', ttl: 0, order: undefined, compaction: { class: 'X', enabled: true } }
  const tell = (message: string) => {
    throw new Error(message)
  }
  expect(readOptions(given, checks, { owner: '@Column()', tell })).toEqual(given)
  expect(readOptions(undefined, checks, { owner: '@Column()', tell })).toEqual({})
  expect(readOptions(null, checks, { owner: '@Column()', tell })).toEqual({})
})

it.each<[given: unknown, message: string]>([
  ['x', 'the options of @Column() must be an object'],
  [[], 'the options of @Column() must be an object'],
  [{ nmae: 'x' }, "'nmae' is not an option of @Column(); did you mean 'name'?"],
  [
    { position: 1 },
    "'position' is not an option of @Column(): only columns of the primary key have a position",
  ],
  [{ toString: 1 }, "'toString' is not an option of @Column()"],
  [{ name: 1 }, "the option 'name' of @Column() must be a string"],
  [{ select: 'no' }, "the option 'select' of @Column() must be true or false"],
  [{ ratio: Number.NaN }, "the option 'ratio' of @Column() must be a number"],
  [{ ttl: 1.5 }, "the option 'ttl' of @Column() must be a whole number of seconds from 0 to 10"],
  [{ ttl: 11 }, "the option 'ttl' of @Column() must be a whole number of seconds from 0 to 10"],
  [
    { side: 'lfet' },
    "the option 'side' of @Column() must be one of 'left', 'middle', 'right'; did you mean 'left'?",
  ],
  [{ order: 'down' }, "the option 'order' of @Column() must be one of 'asc', 'desc'"],
  [{ side: 'up!!' }, "the option 'side' of @Column() must be one of 'left', 'middle', 'right'"],
  [{ groups: ['a', 1] }, "the option 'groups' of @Column() must be an array of strings"],
  [
    { compaction: { a: {} } },
    "the option 'compaction' of @Column() must be an object of strings, numbers and booleans",
  ],
])('%j: %s', (given, message) => {
  expect(problemsOf(given)).toEqual([message])
})
