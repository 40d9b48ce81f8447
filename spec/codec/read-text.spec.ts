import fc from 'fast-check'
import { readText, readingTexts } from '../../lib/codec/read-text'

const anyText = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', 'é', 'a'.repeat(48), 'b'.repeat(49), 'c'.repeat(5000), `${'d'.repeat(20)}é`),
)

/** The bytes of the texts one after another, and the place and length of each. */
function frameOf(texts: readonly string[]) {
  const cells = texts.map((text) => Buffer.from(text))
  let at = 0
  const places = cells.map(({ length }) => {
    at += length
    return [at - length, length] as const
  })
  return { bytes: Buffer.concat(cells), places }
}

it('reads the same texts with a window and without one, in any order', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 400 }), fc.boolean(), (texts, isBackwards) => {
      const { bytes, places } = frameOf(texts)
      if (isBackwards) places.reverse()
      const read = () => places.map(([at, length]) => readText(bytes, at, length))
      const wanted = places.map(([at, length]) => bytes.toString('utf8', at, at + length))
      expect(readingTexts(bytes, bytes.length, read)).toEqual(wanted)
      expect(read()).toEqual(wanted)
    }),
  )
})

it('reads bytes that are not UTF-8 as the driver does', () => {
  const bytes = Buffer.concat([Buffer.from('abcdefgh'), Buffer.from([0x80, 0xff, 0xc0, 0xaf])])
  const read = () => [readText(bytes, 0, 8), readText(bytes, 2, 10)]
  expect(readingTexts(bytes, bytes.length, read)).toEqual([
    'abcdefgh',
    'cdefgh\ufffd\ufffd\ufffd\ufffd',
  ])
})

it('forgets the window when the answer has been read, also after an error', () => {
  const bytes = Buffer.from('the first answer')
  const read = () => readText(bytes, 0, bytes.length)
  const fails = () => {
    read()
    throw new Error('half-way')
  }
  expect(() => readingTexts(bytes, bytes.length, fails)).toThrow('half-way')
  bytes.write('another answer, ')
  expect(readingTexts(bytes, bytes.length, read)).toBe('another answer, ')
})

it('reads other bytes beside the window', () => {
  const [outer, inner] = [Buffer.from('the outer answer'), Buffer.from('the inner answer')]
  const readOf = (bytes: Buffer) => () => readText(bytes, 4, 12)
  const both = () => [
    readOf(outer)(),
    readingTexts(inner, inner.length, readOf(inner)),
    readOf(outer)(),
  ]
  expect(readingTexts(outer, outer.length, both)).toEqual([
    'outer answer',
    'inner answer',
    'outer answer',
  ])
})
