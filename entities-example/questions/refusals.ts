import { CoodieError, type DataSource } from 'coodie'
import { Airport } from '../entities/airport'
import { Departure } from '../entities/departure'
import type { Report } from '../print/report'

/** coodie refuses requests that would be slow, lose data or fail, before it sends anything. */
export async function refusals(db: DataSource, report: Report): Promise<void> {
  const airports = db.getRepository(Airport)
  const departures = db.getRepository(Departure)
  const seattle = { origin: 'SEA', day: '2001-03-09' }

  await report.question('What is refused, and what to do instead', async () => [
    await refusal(departures.findBy({ destination: 'SEA' })),
    '',
    await refusal(airports.update({ iata: 'SEA' }, fromRequest('{ "naem": "Seattle-Tacoma" }'))),
    '',
    await refusal(departures.find({ where: seattle, orderBy: { delay: 'desc' } })),
    '',
    await refusal(departures.update({ ...seattle, at: new Date(0), line: 1 }, { delay: 1.5 })),
  ])
}

/** The compiler does not know what a request holds. */
const fromRequest = (body: string) => JSON.parse(body) as Partial<Airport>

async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof CoodieError) return `${error.name}: ${error.message}`
    throw error
  }
  throw new Error('this should have been refused')
}
