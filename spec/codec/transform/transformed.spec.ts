import { Refusal } from '../../../lib/codec/codec'
import { codecFor } from '../../../lib/codec/codec-for'
import { transformedCodec } from '../../../lib/codec/transform/transformed'
import { parseType } from '../../../lib/cql/parse-type'

it.each([null, undefined])('refuses a transformer that gives %p for a value', (given) => {
  const codec = transformedCodec(codecFor(parseType('text')), {
    to: () => given,
    from: (value) => value,
  })
  expect(() => codec.check('a')).toThrow(
    new Refusal(
      `its transformer returned ${String(given)} for a value; only null is stored as null`,
    ),
  )
})

it('refuses a part of what is transformed as a whole', () => {
  const doubled = transformedCodec(codecFor(parseType('list<text>')), {
    to: (values) => [...(values as string[]), 'end'],
    from: (values) => (values as string[]).slice(0, -1),
  })
  expect(doubled.check(['a'])).toEqual(['a', 'end'])
  expect(() => doubled.parts?.value.check('a')).toThrow(
    new Refusal('is transformed as a whole, so a part of it cannot be addressed'),
  )
})
