import { ClusteringKey, Column, Entity, MoreThan, PartitionKey } from '../../../lib'
import { StatementError } from '../../../lib/errors/errors'
import { openPageToken, sealPageToken } from '../../../lib/repository/read/page-token'
import { planRead } from '../../../lib/repository/read/read'
import { offline } from '../offline'

@Entity('events')
class Event {
  @PartitionKey('int') stream!: number
  @ClusteringKey('int') at!: number
  @Column('text') note?: string | null
}

const { contextOf } = offline()
const readOf = (options: object) => planRead(contextOf(Event), 'findPage', options)
const read = readOf({ where: { stream: 1, at: MoreThan(5) }, limit: 10 })
const secret = 'sixteen letters!'
const state = '00aabb0102'

function refusal(token: unknown, of = read, key: string | undefined = undefined): string {
  try {
    openPageToken(of, 'Event', token, key)
  } catch (error) {
    if (error instanceof StatementError) return error.message
    throw error
  }
  return 'was not refused'
}

const noToken =
  'Event: the pageState does not come from findPage(); leave it out for the first page'
const notSigned =
  'Event: the pageState was not signed with the pageStateSecret of this DataSource, or was changed; ' +
  'leave it out for the first page'

describe.each([undefined, secret])('with the secret %p', (key) => {
  const token = sealPageToken(read, state, key)
  const wrong = key === undefined ? noToken : notSigned

  it('opens what it sealed, for the same statement and values', () => {
    expect(openPageToken(read, 'Event', token, key)).toBe(state)
    const again = readOf({ where: { stream: 1, at: MoreThan(5) }, limit: 10 })
    expect(openPageToken(again, 'Event', token, key)).toBe(state)
    expect(
      openPageToken(
        readOf({ where: { stream: 1, at: MoreThan(5) }, limit: 10, fetchSize: 3 }),
        'Event',
        token,
        key,
      ),
    ).toBe(state)
  })

  it.each([
    { where: { stream: 2, at: MoreThan(5) }, limit: 10 },
    { where: { stream: 1, at: MoreThan(6) }, limit: 10 },
    { where: { stream: 1, at: MoreThan(5) }, limit: 11 },
    { where: { stream: 1, at: MoreThan(5) } },
    { where: { stream: 1, at: MoreThan(5) }, limit: 10, select: ['at'] },
  ])('is refused for %j', (options) => {
    expect(refusal(token, readOf(options), key)).toBe(
      'Event: the pageState belongs to another read; ' +
        'the filter, its values, select, orderBy and limits must be the same on every page',
    )
  })

  it('is refused with any byte changed, added or missing', () => {
    const bytes = Buffer.from(token, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(refusal(changed.toString('base64url'), read, key)).toBe(wrong)
      expect(refusal(bytes.subarray(0, at).toString('base64url'), read, key)).toBe(wrong)
    }
    expect(refusal(`${token}AA`, read, key)).toBe(wrong)
  })

  it.each(['', 'x', '🙈', 7, {}, [], undefined, null])('is not %p', (given) => {
    expect(refusal(given, read, key)).toBe(wrong)
  })
})

it('is refused without a signature, with that of another secret, or signed where none is expected', () => {
  const signed = sealPageToken(read, state, secret)
  expect(refusal(sealPageToken(read, state, undefined), read, secret)).toBe(notSigned)
  expect(refusal(sealPageToken(read, state, 'another sixteen!'), read, secret)).toBe(notSigned)
  expect(refusal(signed)).toBe(noToken)
})
