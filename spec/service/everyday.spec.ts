import { useService } from './use-service'

const service = useService()
const get = (path: string) => service.process.ask('GET', path)

interface Page {
  readonly items: readonly Record<string, unknown>[]
  readonly next: string | null
}

/** All pages of a list, one after another. */
async function pagesOf(path: string): Promise<Page[]> {
  const pages: Page[] = []
  for (let next: string | null = ''; next !== null;) {
    const { status, body } = await get(next === '' ? path : `${path}&page=${next}`)
    expect(status).toBe(200)
    pages.push(body as Page)
    next = (body as Page).next
  }
  return pages
}

it('has all lines of the files in its tables', async () => {
  expect(await service.count()).toEqual({ airports: 3_376, departures: 20_000 })
})

it('answers an airport, and 404 for one that is not there', async () => {
  expect(await get('/airports/SEA')).toMatchObject({
    status: 200,
    body: { iata: 'SEA', name: 'Seattle-Tacoma Intl', state: 'WA', latitude: 47.44898194 },
  })
  expect(await get('/airports/XXX')).toMatchObject({
    status: 404,
    body: { message: 'no such Airport' },
  })
})

it('gives each departure of a day once, in order, over all pages', async () => {
  const pages = await pagesOf('/airports/DFW/departures?day=2001-01-28&limit=7')
  expect(pages.map(({ items }) => items.length)).toEqual([7, 7, 4])
  const items = pages.flatMap((page) => page.items)
  expect(new Set(items.map(({ flight }) => flight)).size).toBe(18)
  expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort())
  expect(items[0]).toEqual({
    at: '2001-01-28T06:56:00.000Z',
    flight: 6030,
    destination: 'AUS',
    delay: 4,
    distance: 190,
    remarks: null,
  })
})

it('gives each airport of a state once over all pages, and only those', async () => {
  const items = (await pagesOf('/airports?state=WA&limit=25')).flatMap((page) => page.items)
  expect(items.length).toBe(65)
  expect(new Set(items.map(({ iata }) => iata)).size).toBe(65)
  expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['WA']))
})

it('begins in the middle of a day', async () => {
  const { body } = await get('/airports/DFW/departures?day=2001-01-28&from=2001-01-28T18:00Z')
  const { items } = body as Page
  expect(items.length).toBeGreaterThan(0)
  expect(items.every(({ at }) => String(at) >= '2001-01-28T18:00')).toBe(true)
})

it('adds, changes and deletes an airport, once', async () => {
  const airport = { iata: 'ZZ1', name: 'Zed', country: 'USA', latitude: 1.5, longitude: -2.5 }
  const ask = service.process.ask.bind(service.process)
  expect((await ask('POST', '/airports', airport)).status).toBe(201)
  expect(await ask('POST', '/airports', { ...airport, name: 'Other' })).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('already exists') },
  })
  const first = { city: 'Zedtown', version: 1 }
  expect(await ask('PATCH', '/airports/ZZ1', first)).toMatchObject({
    status: 200,
    body: { ...airport, city: 'Zedtown', state: null, version: 2 },
  })
  expect(await ask('PATCH', '/airports/ZZ1', { city: 'Other', version: 1 })).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('the row was changed since the entity was read') },
  })
  expect(await ask('PATCH', '/airports/ZZ1', { city: null, version: 2 })).toMatchObject({
    body: { ...airport, city: null, version: 3 },
  })
  expect((await ask('DELETE', '/airports/ZZ1')).status).toBe(204)
  expect((await ask('DELETE', '/airports/ZZ1')).status).toBe(404)
  expect((await ask('PATCH', '/airports/ZZ1', first)).status).toBe(404)
  expect((await get('/airports/ZZ1')).status).toBe(404)
})

it('gives two changes of one version at once to one of them', async () => {
  const answers = await Promise.all(
    ['One', 'Two', 'Three'].map((city) =>
      service.process.ask('PATCH', '/airports/ORD', { city, version: 1 }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
})

it('adds, changes and deletes a departure, once', async () => {
  const flight = { at: '2001-04-01T09:30Z', flight: 20_001, destination: 'LAX', distance: 954 }
  const path = '/airports/SEA/departures'
  const one = `${path}/${flight.at}/${flight.flight}`
  const ask = service.process.ask.bind(service.process)
  expect(await ask('POST', path, flight)).toEqual({
    status: 201,
    retryAfter: null,
    body: { ...flight, at: '2001-04-01T09:30:00.000Z', delay: 0, remarks: null },
  })
  expect((await ask('POST', path, flight)).status).toBe(409)
  expect((await ask('POST', path, { ...flight, destination: 'XXX' })).status).toBe(404)
  expect((await ask('POST', '/airports/XXX/departures', flight)).status).toBe(404)
  expect(await ask('PATCH', one, { delay: 45, remarks: ['de-icing'] })).toMatchObject({
    status: 200,
    body: { delay: 45, remarks: ['de-icing'], distance: 954 },
  })
  expect((await ask('DELETE', one)).status).toBe(204)
  expect((await ask('PATCH', one, { delay: 1 })).status).toBe(404)
  expect((await get(one)).status).toBe(404)
})

it('tells that both data sources are up', async () => {
  expect(await get('/health')).toMatchObject({
    status: 200,
    body: { status: 'ok', info: { airports: { status: 'up' }, flights: { status: 'up' } } },
  })
})

it('serves its OpenAPI document, and a page of it', async () => {
  const { status, body } = await get('/api-json')
  expect(status).toBe(200)
  const { paths, components } = body as {
    paths: Record<string, Record<string, { requestBody?: unknown }>>
    components: { schemas: Record<string, { properties: object; required: string[] }> }
  }
  expect(Object.keys(paths).sort()).toEqual([
    '/airports',
    '/airports/{iata}',
    '/airports/{iata}/departures',
    '/airports/{iata}/departures/{at}/{flight}',
    '/health',
  ])
  expect(Object.keys(components.schemas).sort()).toEqual([
    'AirportChangesDto',
    'AirportDto',
    'AirportPageDto',
    'DepartureChangesDto',
    'DepartureDto',
    'DeparturePageDto',
    'NewAirportDto',
    'ProblemDto',
    'ProblemsDto',
  ])
  expect(paths['/airports']?.['post']?.requestBody).toMatchObject({
    content: { 'application/json': { schema: { $ref: '#/components/schemas/NewAirportDto' } } },
  })
  expect(components.schemas['NewAirportDto']?.required.sort()).toEqual(
    ['country', 'iata', 'latitude', 'longitude', 'name'].sort(),
  )
  const page = await get('/api')
  expect(page.status).toBe(200)
  expect(page.body).toContain('swagger-ui')
})
