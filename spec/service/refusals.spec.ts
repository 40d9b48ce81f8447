import { useService } from './use-service'

const service = useService()

const airport = { iata: 'ZZ1', name: 'Zed', country: 'USA', latitude: 1, longitude: 2 }
const flight = { at: '2001-04-01T09:30Z', flight: 20_001, destination: 'LAX', distance: 954 }
const board = '/airports/SEA/departures'
const one = `${board}/2001-01-28T05:58Z/6017`
const day = `${board}?day=2001-01-28`
const long = 'x'.repeat(300)

type Refusal = readonly [
  method: string,
  path: string,
  body: unknown,
  property: string,
  reason: string,
]

const refusals: readonly Refusal[] = [
  ['POST', '/airports', {}, 'iata', 'three capital letters'],
  ['POST', '/airports', '{ "iata": ', 'body', 'JSON'],
  ['POST', '/airports', '"ZZ1"', 'body', 'JSON'],
  ['POST', '/airports', [], 'iata', 'three capital letters'],
  ['POST', '/airports', [airport], '0', 'should not exist'],
  ['POST', '/airports', { ...airport, iata: 'zz1' }, 'iata', 'three capital letters'],
  ['POST', '/airports', { ...airport, iata: 'ZZ11' }, 'iata', 'three capital letters'],
  ['POST', '/airports', { ...airport, iata: ['ZZ1'] }, 'iata', 'three capital letters'],
  ['POST', '/airports', { ...airport, iata: { $gt: '' } }, 'iata', 'three capital letters'],
  ['POST', '/airports', { ...airport, name: '' }, 'name', 'longer than or equal to 1'],
  ['POST', '/airports', { ...airport, name: long }, 'name', 'shorter than or equal to 100'],
  ['POST', '/airports', { ...airport, name: null }, 'name', 'longer than or equal to 1'],
  ['POST', '/airports', { ...airport, name: 7 }, 'name', 'longer than or equal to 1'],
  ['POST', '/airports', { ...airport, nmae: 'Zed' }, 'nmae', 'should not exist'],
  ['POST', '/airports', { ...airport, version: 1 }, 'version', 'should not exist'],
  ['POST', '/airports', { ...airport, state: 'Washington' }, 'state', 'two capital letters'],
  ['POST', '/airports', { ...airport, city: 5 }, 'city', 'longer than or equal to 1'],
  ['POST', '/airports', { ...airport, latitude: 91 }, 'latitude', 'must be a latitude'],
  ['POST', '/airports', { ...airport, latitude: '1' }, 'latitude', 'must be a number'],
  ['POST', '/airports', { ...airport, latitude: null }, 'latitude', 'must be a number'],
  ['POST', '/airports', { ...airport, longitude: -181 }, 'longitude', 'must be a longitude'],
  ['POST', '/airports', { ...airport, longitude: true }, 'longitude', 'must be a number'],
  ['POST', '/airports', { ...airport, name: 'a\ud800' }, 'name', 'surrogate'],
  ['PATCH', '/airports/SEA', {}, 'version', 'must be an integer'],
  ['PATCH', '/airports/SEA', { name: 'Zed', version: 0 }, 'version', 'not be less than 1'],
  ['PATCH', '/airports/SEA', { iata: 'ZZ1' }, 'iata', 'should not exist'],
  ['PATCH', '/airports/SEA', { name: null }, 'name', 'longer than or equal to 1'],
  ['PATCH', '/airports/SEA', { country: '' }, 'country', 'longer than or equal to 1'],
  ['PATCH', '/airports/SEA', { latitude: 1e300 }, 'latitude', 'must be a latitude'],
  ['PATCH', '/airports/Sea', { name: 'Zed', version: 1 }, 'iata', 'three capital letters'],
  ['DELETE', '/airports/S%27A', undefined, 'iata', 'three capital letters'],
  ['GET', '/airports?state=wa', undefined, 'state', 'two capital letters'],
  ['GET', '/airports?state=WA&state=OR', undefined, 'state', 'two capital letters'],
  ['GET', '/airports?limit=0', undefined, 'limit', 'not be less than 1'],
  ['GET', '/airports?limit=201', undefined, 'limit', 'not be greater than 200'],
  ['GET', '/airports?limit=ten', undefined, 'limit', 'must be an integer'],
  ['GET', '/airports?skip=10', undefined, 'skip', 'should not exist'],
  ['GET', '/airports?page=abc', undefined, 'page', 'does not come from findPage()'],
  ['GET', '/airports?page=a&page=b', undefined, 'page', 'must be a string'],
  ['GET', board, undefined, 'day', 'must be a day'],
  ['GET', `${board}?day=2001-02-30`, undefined, 'day', 'must be a day'],
  ['GET', `${board}?day=28.01.2001`, undefined, 'day', 'must be a day'],
  ['GET', `${board}?day[gt]=2001-01-28`, undefined, 'day', 'must be a day'],
  ['GET', `${day}&from=noon`, undefined, 'from', 'must be a time in UTC'],
  ['GET', `${day}&page=`, undefined, 'page', 'does not come from findPage()'],
  ['POST', board, {}, 'at', 'must be a time in UTC'],
  ['POST', board, { ...flight, at: 986_117_400_000 }, 'at', 'must be a time in UTC'],
  ['POST', board, { ...flight, at: '2001-02-30T09:30Z' }, 'at', 'must be a time in UTC'],
  ['POST', board, { ...flight, at: '2001-04-01T09:30' }, 'at', 'must be a time in UTC'],
  ['POST', board, { ...flight, flight: 1.5 }, 'flight', 'must be an integer'],
  ['POST', board, { ...flight, flight: 2 ** 31 }, 'flight', 'not be greater than 999999'],
  [
    'POST',
    board,
    { ...flight, destination: 'Los Angeles' },
    'destination',
    'three capital letters',
  ],
  ['POST', board, { ...flight, delay: null }, 'delay', 'must be an integer'],
  ['POST', board, { ...flight, delay: '5' }, 'delay', 'must be an integer'],
  ['POST', board, { ...flight, distance: 0 }, 'distance', 'not be less than 1'],
  ['POST', board, { ...flight, remarks: 'fog' }, 'remarks', 'must be an array'],
  ['POST', board, { ...flight, remarks: ['fog', 5] }, 'remarks', 'each value in remarks'],
  ['POST', board, { ...flight, remarks: Array(11).fill('fog') }, 'remarks', 'no more than 10'],
  ['POST', board, { ...flight, notice: 'fog' }, 'notice', 'should not exist'],
  ['PATCH', one, {}, 'request', 'without own properties'],
  ['PATCH', one, { delay: 3000 }, 'delay', 'not be greater than 2880'],
  ['PATCH', one, { distance: null }, 'distance', 'must be an integer'],
  ['PATCH', one, { flight: 1 }, 'flight', 'should not exist'],
  ['PATCH', `${board}/2001-01-28/6017`, { delay: 5 }, 'at', 'must be a time in UTC'],
  ['DELETE', `${board}/2001-01-28T05:58Z/-1`, undefined, 'flight', 'not be less than 1'],
]

let before: { airports: number; departures: number }
beforeAll(async () => {
  before = await service.count()
}, 120_000)

it('has fifty of them and more', () => {
  expect(refusals.length).toBeGreaterThan(50)
})

it.each(refusals)('%s %s %j is refused: %s', async (method, path, body, property, reason) => {
  const answer = await service.process.ask(method, path, body)
  expect(answer).toMatchObject({ status: 400, body: { statusCode: 400, error: 'Bad Request' } })
  const { problems } = answer.body as { problems: { property: string; reason: string }[] }
  expect(problems).toContainEqual({ property, reason: expect.stringContaining(reason) })
})

it('refuses a page token that was changed, cut short, or made for another query', async () => {
  const path = '/airports/DFW/departures?limit=5'
  const first = await service.process.ask('GET', `${path}&day=2001-01-28`)
  const { next } = first.body as { next: string }
  const changed = `${next.slice(0, 40)}${next[40] === 'A' ? 'B' : 'A'}${next.slice(41)}`
  const asked: readonly (readonly [string, string])[] = [
    [`&day=2001-01-28&page=${changed}`, 'does not come from findPage()'],
    [`&day=2001-01-28&page=${next.slice(0, -4)}`, 'does not come from findPage()'],
    [`&day=2001-01-29&page=${next}`, 'belongs to another read'],
  ]
  for (const [query, reason] of asked) {
    const { status, body } = await service.process.ask('GET', `${path}${query}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      problems: [{ property: 'page', reason: expect.stringContaining(reason) }],
    })
  }
})

it('has written nothing', async () => {
  expect(await service.count()).toEqual(before)
  const { body } = await service.process.ask('GET', '/airports/SEA')
  expect(body).toMatchObject({ name: 'Seattle-Tacoma Intl', country: 'USA', latitude: 47.44898194 })
})
