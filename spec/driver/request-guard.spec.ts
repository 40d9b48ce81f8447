import {
  ForgottenStatement,
  UnsentRequest,
  beginAttempt,
  encodedFor,
  findReasonNotToSend,
  markerChecks,
} from '../../lib/driver/internals/request-guard'
import { DeclaredTypes } from '../../lib/driver/declared-types'
import { translateError } from '../../lib/driver/translate-error'

const int = 0x09
const double = 0x07
const markers = (code: number) => [{ name: 'a', type: { code } }]
const declared = () =>
  new DeclaredTypes({
    markers: [{ place: 'Product.a', type: { kind: 'native', name: 'int' } }],
    columns: new Map(),
    userTypes: [],
  })
const wrong = 'Product.a is declared as int and is double in the table'

describe('a query', () => {
  const send = (code: number, options: object) =>
    findReasonNotToSend({ meta: { columns: markers(code) } }, options)

  it('is sent to markers of the declared types, and to no others', () => {
    const options = { [markerChecks]: declared() }
    expect(send(int, options)).toBeUndefined()
    expect(send(double, options)).toBeInstanceOf(UnsentRequest)
    expect(translateError(send(double, options))).toMatchObject({ code: 'SCHEMA', message: wrong })
    expect(send(double, {})).toBeUndefined()
  })

  it('is not sent to other markers than those that it was encoded for', () => {
    const options = { [markerChecks]: declared(), [encodedFor]: markers(double) }
    expect(send(int, options)).toMatchObject({ reason: undefined })
    expect(send(int, { ...options, [encodedFor]: markers(int) })).toBeUndefined()
  })

  it('ends when the server has forgotten its statement for the third time', () => {
    const options = { [markerChecks]: declared() }
    const sent = { meta: { columns: markers(int) } }
    for (let i = 0; i < 9; i++) expect(findReasonNotToSend(sent, options)).toBeUndefined()
    // The driver makes another request after it has prepared the statement again.
    expect(send(int, options)).toBeUndefined()
    expect(send(int, options)).toBeUndefined()
    const answer = send(int, options)
    expect(answer).toBeInstanceOf(ForgottenStatement)
    expect(translateError(answer, { cql: 'SELECT' })).toMatchObject({
      code: 'EXECUTION',
      kind: 'server',
      message: 'the server forgets the statement as soon as it is prepared; nothing was executed',
    })
    beginAttempt(options)
    expect(send(int, options)).toBeUndefined()
  })

  it('ends also if its parameters have no declared types', () => {
    const options = { [markerChecks]: undefined }
    const answers = Array.from({ length: 4 }, () => send(int, options))
    expect(answers.slice(0, 3)).toEqual([undefined, undefined, undefined])
    expect(answers[3]).toBeInstanceOf(ForgottenStatement)
  })
})

describe('a batch', () => {
  const queries = [{ meta: { columns: markers(int) } }, { meta: { columns: markers(int) } }]

  it('compares each statement', () => {
    const options = { [markerChecks]: [undefined, declared()] }
    expect(findReasonNotToSend({ queries }, options)).toBeUndefined()
    const [first] = queries
    const other = { queries: [first, { meta: { columns: markers(double) } }] }
    expect(findReasonNotToSend(other, options)?.message).toBe(wrong)
  })

  it('is not sent after one of its statements was prepared again with other types', () => {
    const options = { [markerChecks]: [declared(), declared()] }
    const again = (code: number) =>
      findReasonNotToSend({ queries, meta: { columns: markers(code) } }, options)
    expect(again(int)).toBeUndefined()
    expect(again(double)).toMatchObject({ name: 'UnsentRequest', reason: undefined })
  })
})
