import { Counters } from '../../lib/driver/observe/counters'
import type { Class } from '../../lib/metadata/declaration'
import { getEntityMetadata } from '../../lib'
import { PlanCaches } from '../../lib/plan/plan-caches'
import { Batch } from '../../lib/repository/batch/batch'
import { Behaviors } from '../../lib/repository/hooks/behaviors'
import type { BatchOptions } from '../../lib/repository/options/batch-options'
import { Repository } from '../../lib/repository/repository'
import { RepositoryContext, type RepositoryHost } from '../../lib/repository/repository-context'
import type { BoundWrite } from '../../lib/repository/write/bind-write'
import { unset } from '../../lib/driver/types/unset'

/** Thrown where something would be sent: there is no server. */
export class Sent extends Error {}

/** Repositories and batches of the keyspace `ks` that plan, bind and check everything, and send nothing. */
export function offline() {
  const plans = new PlanCaches(new Counters(), 10)
  const host: RepositoryHost = {
    session() {
      throw new Sent('this would be sent')
    },
    keyspace: 'ks',
    mostKeyspaces: 10,
    defaults: {},
    pageStateSecret: undefined,
    plans: (metadata, keyspace) => plans.of(metadata, keyspace),
    metadataOf: getEntityMetadata,
    behaviors: new Behaviors(getEntityMetadata, {}),
  }
  const contexts = new Map<Class, RepositoryContext>()
  const contextOf = (target: Class) => {
    const context = contexts.get(target) ?? new RepositoryContext(host, getEntityMetadata(target))
    contexts.set(target, context)
    return context
  }
  return {
    contextOf,
    repository: <E extends object>(target: Class<E>) => new Repository<E>(contextOf(target)),
    batch: (options: BatchOptions = {}) => new Batch(host, contextOf, options),
  }
}

/** The statements of a write and what is bound to each; what is left unset is `'unset'`, bytes are in hex. */
export function shown(write: BoundWrite | undefined): readonly (readonly [string, ...unknown[]])[] {
  if (write === undefined) return []
  return [write, ...write.more].map(({ plan, params }) => [
    plan.statement.cql.replaceAll('"', ''),
    ...params.map((param) =>
      param === unset ? 'unset' : Buffer.isBuffer(param) ? param.toString('hex') : param,
    ),
  ])
}
