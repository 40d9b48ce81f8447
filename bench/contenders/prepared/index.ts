import * as coodie from 'coodie'
import type { GroupName } from '../../groups'
import type { Rows } from '../../models/rows'
import { type Case, type Cases, type Contender, type Place, contender } from '../contender'
import { type Context, connect, properties } from '../coodie/context'

interface Query {
  find(params: object): Promise<unknown>
  findOne(params: object): Promise<unknown>
  stream(params: object): AsyncIterable<Record<string, unknown>>
}

/** The prepared queries of this package, which not every version has. */
interface Preparing {
  prepare(request: object): Query
}

type Param = (name: string) => unknown

const { param } = coodie as unknown as { readonly param?: Param }

/** True: this version of the package prepares queries. */
export const canPrepare = 'prepare' in coodie.Repository.prototype && param !== undefined

const bound = (name: string): unknown => param?.(name)
const preparing = (repository: unknown): Preparing => repository as Preparing

const finds =
  (
    repository: (context: Context) => unknown,
    request: object,
    params: (context: Context, given: Rows) => object,
  ): Case<Context> =>
  (context, given) => {
    const query = preparing(repository(context)).prepare(request)
    const values = params(context, given)
    return () => query.find(values)
  }

const sensorOf = ({ readings }: Context, given: Rows) => {
  const { sensor } = properties(readings, given, 'readings')(0)
  return { sensor }
}
const ofSensor = () => ({ where: { sensor: bound('sensor') }, fetchSize: 5000 })
const acme = () => ({ brand: 'Acme' })

const prepared: () => Partial<Cases<Context>> = () => ({
  'get-by-pk': ({ products }, given) => {
    const query = preparing(products).prepare({ where: { id: bound('id') } })
    const rows = properties(products, given, 'products')
    return (index) => query.findOne({ id: rows(index).id })
  },
  'filter-secondary-index': finds(
    ({ products }) => products,
    { where: { brand: bound('brand') } },
    acme,
  ),
  'filter-limit': finds(
    ({ products }) => products,
    { where: { brand: bound('brand') }, limit: 10 },
    acme,
  ),
  'partition-1000-rows': finds(({ readings }) => readings, ofSensor(), sensorOf),
  projection: finds(
    ({ comments }) => comments,
    { where: { id: bound('id') }, select: ['postedAt', 'message'] },
    ({ comments }, given) => ({ id: properties(comments, given, 'comments')(0).id }),
  ),
  'row-to-entity-1': finds(({ readings }) => readings, ofSensor(), sensorOf),
  'row-to-entity-10': finds(({ readings }) => readings, ofSensor(), sensorOf),
  'row-to-entity-100': finds(({ readings }) => readings, ofSensor(), sensorOf),
  'row-to-entity-1000': finds(({ readings }) => readings, ofSensor(), sensorOf),
  'runs-by-partition': finds(
    ({ runs }) => runs,
    { where: { buildId: bound('buildId') } },
    () => ({ buildId: 'build' }),
  ),
  'latest-runs': finds(
    ({ runs }) => runs,
    { where: { buildId: bound('buildId') }, limit: 3 },
    () => ({ buildId: 'build' }),
  ),
  'notification-feed': finds(
    ({ notifications }) => notifications,
    { where: { receiver: bound('receiver') }, limit: 10 },
    ({ notifications }, given) => ({
      receiver: properties(notifications, given, 'notifications')(0).receiver,
    }),
  ),
})

/** This package by its prepared queries: the reads that are measured in this form too. */
export async function open(place: Place): Promise<Contender> {
  const context = await connect(place)
  const found = prepared()
  const cases = new Proxy(found, {
    get: (_, group) => found[group as GroupName] ?? { cannot: 'not a prepared query' },
  })
  return contender(context.db.client as never, context, cases as Cases<Context>, () =>
    context.db.destroy(),
  )
}
