import fc from 'fast-check'
import { bareText } from '../../lib/cql/bare-text'
import { lex } from '../../lib/cql/lex'
import { splitScript, splitStatements } from '../../lib/cql/split-statements'

/** A comment, with the end of its line if it needs one. */
const comment = fc.oneof(
  fc
    .tuple(fc.constantFrom('--', '//'), fc.stringMatching(/^[a-z;'"$*/ -]{0,12}$/u))
    .chain(([open, text]) =>
      fc.constantFrom('\n', '\r\n', '\r').map((end) => `${open}${text}${end}`),
    ),
  fc.stringMatching(/^[a-z;'"$\n-]{0,12}$/u).map((text) => `/*${text}*/`),
)
const blank = fc.constantFrom(' ', '\n', '\r\n', '\t', '  \n')
const between = fc
  .array(fc.oneof({ weight: 3, arbitrary: blank }, comment), { maxLength: 3 })
  .map((all) => all.join(''))

// APPLY is reserved: only a batch has it outside of strings.
const word = fc.constantFrom('SELECT', 'a', 'b1', 'FROM', 'begin', 'batch', 'é', '42', '?')
const text = fc.stringMatching(/^[a-z;"$\n*/-]{0,12}(?:'')?[;]?$/u).map((inside) => `'${inside}'`)
const name = fc.stringMatching(/^[a-z;'$\n*/-]{0,12}(?:"")?[;]?$/u).map((inside) => `"${inside}"`)
const body = fc.stringMatching(/^[a-z;'"\n*/-]{0,12}$/u).map((inside) => `$$${inside}$$`)
const piece = fc.oneof({ weight: 3, arbitrary: word }, text, name, body, fc.constant('('))

/** Something of a statement, each piece apart from the next; it begins with a word that begins no batch. */
const simple = fc
  .tuple(fc.array(fc.tuple(between, piece), { maxLength: 6 }))
  .map(([pieces]) => pieces.reduce((all, [apart, each]) => `${all} ${apart}${each}`, 'INSERT'))

const batch = fc
  .record({
    kind: fc.constantFrom('', 'UNLOGGED ', 'counter '),
    inside: fc.array(fc.tuple(simple, between), { minLength: 1, maxLength: 3 }),
    apart: between,
    endsInSemicolon: fc.boolean(),
  })
  .map(({ kind, inside, apart, endsInSemicolon }) => {
    const all = inside.map(([each, after]) => `${each} ${after}`).join(';')
    return `Begin ${apart}${kind}BATCH ${all}${endsInSemicolon ? ';' : ' '}apply ${apart}BATCH`
  })

const statement = fc.oneof({ weight: 3, arbitrary: simple }, batch)

it('returns the statements of any script, without what is around them', () => {
  const scripts = fc.tuple(
    fc.array(fc.tuple(between, statement, between), { maxLength: 5 }),
    between,
    fc.boolean(),
  )
  fc.assert(
    fc.property(scripts, ([statements, rest, endsInSemicolon]) => {
      const script =
        statements.map(([before, each, after]) => `${before}${each} ${after}`).join(';') +
        (endsInSemicolon && statements.length > 0 ? ';' : '\n') +
        rest
      expect(splitStatements(script)).toEqual(statements.map(([, each]) => each))
      expect(
        splitScript(script)
          .map((part) => part.text)
          .join(''),
      ).toBe(script)
    }),
    { numRuns: 4000 },
  )
})

it('loses nothing of any text', () => {
  const texts = fc
    .array(
      fc.constantFrom(
        ...`' '' " $ $$ - -- / // /* */ ; a BEGIN BATCH APPLY`.split(' '),
        ' ',
        '\n',
        '\r\n',
        '\uFEFF',
      ),
    )
    .map((all) => all.join(''))
  fc.assert(
    fc.property(texts, (script) => {
      const tokens = lex(script)
      let start = 0
      for (const token of tokens) {
        expect(token.start).toBe(start)
        start += token.text.length
      }
      expect(tokens.map(({ text }) => text).join('')).toBe(script)
      const parts = splitScript(script)
      expect(parts.map((part) => part.text).join('')).toBe(script)
      // The two ways to leave out what is quoted agree.
      if (tokens.some(({ isClosed }) => !isClosed) || script.includes('\r')) return
      const bare = tokens.map(({ kind, text }) =>
        ['comment', 'quoted', 'body', 'name'].includes(kind) ? ' ' : text,
      )
      expect(bareText(script)).toBe(bare.join(''))
    }),
    { numRuns: 4000 },
  )
})

it.each<[string, string, readonly string[]]>([
  ['nothing', '', []],
  ['comments alone', '-- a;\n/* b; */ // c;', []],
  ['empty statements', ';; ;', []],
  ['a statement after a comment', '-- why\nUSE a;\n-- and\nUSE b -- end', ['USE a', 'USE b']],
  ['a comment inside', 'USE -- ;\n a;', ['USE -- ;\n a']],
  ['strings', `INSERT ';''' ; INSERT "; "" ";`, [`INSERT ';'''`, `INSERT "; "" "`]],
  [
    'the body of a function',
    'CREATE FUNCTION f() AS $$ return ";"; $$;USE a',
    ['CREATE FUNCTION f() AS $$ return ";"; $$', 'USE a'],
  ],
  [
    'batches',
    'begin unlogged batch INSERT a; apply batch; USE a;BEGIN BATCH USE b APPLY /* ; */ BATCH;USE c',
    [
      'begin unlogged batch INSERT a; apply batch',
      'USE a',
      'BEGIN BATCH USE b APPLY /* ; */ BATCH',
      'USE c',
    ],
  ],
  [
    'a batch without an end',
    'USE a; BEGIN BATCH USE b; USE c',
    ['USE a', 'BEGIN BATCH USE b; USE c'],
  ],
  ['lines of Windows', '\uFEFFUSE a;\r\n-- b;\r\nUSE c;\r\n', ['USE a', 'USE c']],
  ['what only contains BEGIN BATCH', 'USE BEGIN BATCH; USE b', ['USE BEGIN BATCH', 'USE b']],
])('splits %s', (_, script, statements) => {
  expect(splitStatements(script)).toEqual(statements)
})

it.each([`'a''`, '"a', '$$a$', '/* a *', `'`])('says that %s does not end', (text) => {
  expect(lex(text)).toEqual([expect.objectContaining({ text, isClosed: false })])
})
