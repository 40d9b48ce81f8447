import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseCsv } from '../../entities-example/data/csv'
import { useKeyspace } from '../server/keyspace'

const run = promisify(execFile)

describe('the example', () => {
  const keyspace = useKeyspace()

  const runExample = async (environment: Record<string, string> = {}) =>
    run(process.execPath, ['entities-example/run.mjs'], {
      env: { ...process.env, EXAMPLE_KEYSPACE: keyspace.name, COLUMNS: '80', ...environment },
    })

  it('imports every line of the files, answers its questions and can run again', async () => {
    const { stdout, stderr } = await runExample()
    expect(stderr).toBe('')
    const lines = stdout.split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const found = new Set(lines.map((line) => line.trim().replaceAll(/\s+/gu, ' ')))
    const expected = [
      'airports 3,376 3,376',
      'departures 20,000 20,000',
      'route_flights 20,000 20,000',
      'ranked_delays 20,000 20,000',
      'weather_readings 8,759 8,759',
      "09:47 ROC Greater Rochester Int'l -3 528",
      'SEA Seattle-Tacoma Intl WA 43 339',
      '2001-02-25 14:50 BMI ORD 522 8.7',
      '2001-02 5,964 376 6.3',
      '2001-03-29 15:41 15',
      'This was the last page.',
      '00:23 STL 16 6.3 3.4 1015.9',
      'DFW 1,103 9.5 24.4 750',
      '20,000 flights of 220 airports were read. Late means more than 15 minutes.',
      '06:45 OAK 45 de-icing Fog until noon',
      'The second was not applied: the notice is now "Fog until ten".',
      'There were 10 flights and are 8 now.',
    ]
    expect(expected.filter((line) => !found.has(line))).toEqual([])
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain("did you mean 'name'?")
    expect(stdout).toMatch(/All done in \d+\.\d s\.\n$/u)

    const again = await runExample()
    expect(again.stdout).toContain('Yes, all of them.')
  }, 180_000)

  it('leaves in the tables what it says', async () => {
    const rows = async (table: string) => {
      const { rows } = await keyspace.client.execute(
        `SELECT count(*) AS count FROM ${keyspace.name}.${table}`,
      )
      return Number(rows[0]?.['count'])
    }
    expect(await rows('airports')).toBe(3_376)
    expect(await rows('departures')).toBe(19_998)
    expect(await rows('route_flights')).toBe(20_000)
    expect(await rows('ranked_delays')).toBe(20_000)
    expect(await rows('weather_readings')).toBe(8_759)
  })

  it('says in one message that there is no server', async () => {
    await expect(runExample({ CASSANDRA_CONTACT_POINTS: '127.0.0.1:1' })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('CASSANDRA_CONTACT_POINTS (127.0.0.1:1) cannot be used'),
    })
  })
})

describe('parseCsv', () => {
  it('reads quoted fields with commas, quotes and line breaks, and empty ones', () => {
    const text = 'code,name,city\nA,"Union County, Troy","W. ""Bud"" B."\r\nB,"two\nlines",\n,,C'
    expect(parseCsv(text)).toEqual([
      { code: 'A', name: 'Union County, Troy', city: 'W. "Bud" B.' },
      { code: 'B', name: 'two\nlines', city: '' },
      { code: '', name: '', city: 'C' },
    ])
    expect(parseCsv('code,name\nA,B\n')).toEqual([{ code: 'A', name: 'B' }])
  })
})
