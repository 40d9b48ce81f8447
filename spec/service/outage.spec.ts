import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CassandraServer } from '../../lib/testing'
import { ServiceProcess } from './service-process'

/** Starts a server here, whatever cluster the run was given: this one is killed. */
async function startServer(dir: string): Promise<CassandraServer> {
  const given = process.env['CASSANDRA_CONTACT_POINTS']
  delete process.env['CASSANDRA_CONTACT_POINTS']
  try {
    return await CassandraServer.start({ dir })
  } finally {
    process.env['CASSANDRA_CONTACT_POINTS'] = given
  }
}

const board = '/airports/DFW/departures'
const flight = { at: '2001-04-01T09:30Z', destination: 'LAX', distance: 1_235 }
const one = `${board}/2001-01-28T06:56Z/6030`

/** Everything that the service does with either data source. */
const requests: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/airports?state=TX'],
  ['GET', '/airports/DFW'],
  ['GET', `${board}?day=2001-01-28`],
  ['GET', one],
  ['POST', board, { ...flight, flight: 20_001 }],
  ['PATCH', '/airports/DFW', { city: 'Dallas', version: 1 }],
  ['PATCH', one, { delay: 5 }],
  ['DELETE', `${board}/2001-01-28T20:56Z/6225`],
  ['GET', '/health'],
]

it('answers 503 while the database is dead, and as before when it is back, without a restart', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'coodie-outage-'))
  const server = await startServer(dir)
  const environment = {
    CASSANDRA_CONTACT_POINTS: server.contactPoints.join(','),
    CASSANDRA_LOCAL_DATACENTER: server.localDataCenter,
    EXAMPLE_KEYSPACE: 'outage',
  }
  const service = new ServiceProcess(environment)
  let other: ServiceProcess | undefined
  const asked = new AbortController()
  try {
    await service.started()
    other = await new ServiceProcess(environment).started()
    const askAll = () =>
      Promise.all(requests.map(([method, path, body]) => service.ask(method, path, body)))

    // Under load: what is on its way when the database dies is answered too.
    const seen = new Map<number, number>()
    const load = Array.from({ length: 8 }, async () => {
      while (!asked.signal.aborted) {
        const { status } = await service.ask('GET', `${board}?day=2001-01-28`)
        seen.set(status, (seen.get(status) ?? 0) + 1)
      }
    })
    while (!seen.has(200)) await new Promise((resolve) => setTimeout(resolve, 50))
    await server.kill()
    for (let round = 0; round < 3; round++) {
      for (const [i, { status, retryAfter, body }] of (await askAll()).entries()) {
        const isHealth = requests[i]?.[1] === '/health'
        expect([requests[i], status, body]).toEqual([requests[i], 503, expect.anything()])
        if (!isHealth) expect(Number(retryAfter)).toBeGreaterThan(0)
      }
    }
    asked.abort()
    await Promise.all(load)
    expect([...seen.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([])
    expect(seen.get(503)).toBeGreaterThan(0)

    // Bad input is refused as ever, and it can be ended: nothing waits for the database.
    expect((await service.ask('GET', '/airports?limit=0')).status).toBe(400)
    expect(await other.end('SIGTERM')).toBe(0)

    await server.restart()
    const deadline = Date.now() + 60_000
    while ((await service.ask('GET', '/health')).status !== 200 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect((await askAll()).map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 201, 200, 200, 204, 200,
    ])
    expect(service.hasEnded).toBe(false)
    expect(await service.end('SIGINT')).toBe(0)
  } finally {
    asked.abort()
    await Promise.all([service.end('SIGKILL'), other?.end('SIGKILL')])
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  }
}, 240_000)
