import type { BatchKind } from '../../driver/execution'
import { StatementError } from '../../errors/errors'
import { refuseConflicts } from './batch-conflict'
import type { BoundWrite } from '../write/bind-write'
import { type WrittenRows, tableOf } from './written-rows'

/** The options of the execution that the rules depend on. */
interface Asked {
  readonly logged: boolean | undefined
  readonly hasTimestamp: boolean
}

/** The native protocol counts the statements of a batch in two bytes. */
const maxStatements = 65_535

/**
 * Refuses what the server would refuse, and what would be lost silently. Returns the kind of the batch.
 * Throws `StatementError`.
 */
export function requireBatch(
  writes: readonly BoundWrite[],
  written: () => readonly WrittenRows[],
  asked: Asked,
): BatchKind {
  if (writes.length > maxStatements) {
    throw new StatementError(
      `a batch takes ${maxStatements} statements at most, and this one has ${writes.length}; ` +
        'use save() of many entities, which is not a batch',
    )
  }
  const kind = kindOf(writes, asked)
  requireOneClock(writes, asked)
  if (writes.some(isConditional)) requireConditional(writes, written(), asked)
  if (!areDistinctRows(writes)) refuseConflicts(written())
  return kind
}

/**
 * Returns `true` if every write concerns a different row, so that no two writes can conflict; `false` if that is not
 * known. Different rows may have equal hashes, also rows of different tables.
 */
function areDistinctRows(writes: readonly BoundWrite[]): boolean {
  const rows = new Set<number>()
  for (const { plan, params, context } of writes) {
    if (plan.rowHash === undefined || context.metadata.hasStatics) return false
    rows.add(plan.rowHash(params))
  }
  return rows.size === writes.length
}

function isConditional({ plan }: BoundWrite): boolean {
  return plan.statement.isConditional
}

function kindOf(writes: readonly BoundWrite[], { logged, hasTimestamp }: Asked): BatchKind {
  const counter = writes.find(isCounter)
  if (counter === undefined) return logged === false ? 'unlogged' : 'logged'
  const name = counter.context.metadata.name
  const other = writes.find((write) => !isCounter(write))
  if (other !== undefined) {
    throw new StatementError(
      `${name} has counters and ${other.context.metadata.name} has not, and Cassandra does not ` +
        'write both in one batch; make two batches',
    )
  }
  if (logged === true) {
    throw new StatementError(
      `${name} has counters, whose batches cannot be logged; leave logged out`,
    )
  }
  if (hasTimestamp) {
    throw new StatementError(`${name} has counters, which take no timestamp; leave timestamp out`)
  }
  return 'counter'
}

function isCounter({ context: { metadata } }: BoundWrite): boolean {
  return metadata.hasCounters
}

function requireOneClock(writes: readonly BoundWrite[], { hasTimestamp }: Asked): void {
  const own = writes.find(({ request }) => request.timestamp !== undefined)
  if (own === undefined) return
  const name = own.context.metadata.name
  if (hasTimestamp) {
    throw new StatementError(
      `${name}: the batch and a statement of it both have a timestamp; give it to one of them`,
    )
  }
  if (writes.some(isConditional)) {
    throw new StatementError(
      `${name}: a statement of a conditional batch takes no timestamp, which Cassandra would ignore; ` +
        'leave timestamp out',
    )
  }
}

function requireConditional(
  writes: readonly BoundWrite[],
  written: readonly WrittenRows[],
  { hasTimestamp }: Asked,
): void {
  if (hasTimestamp) {
    throw new StatementError(
      'a batch with conditions takes no timestamp, since Cassandra gives it its own; leave timestamp out',
    )
  }
  const tables = new Map(writes.map((write) => [tableOf(write), write.context.metadata.name]))
  if (tables.size > 1) {
    throw new StatementError(
      `a batch with conditions concerns one table, and this one ${[...tables.values()].join(' and ')}; ` +
        'make a batch of each',
    )
  }
  if (new Set(written.map(({ partition }) => partition)).size > 1) {
    const { name, partitionKey } = (writes[0] as BoundWrite).context.metadata
    throw new StatementError(
      `${name}: a batch with conditions concerns one partition; all its statements must have the same ` +
        partitionKey.map(({ property }) => `'${property}'`).join(', '),
    )
  }
  const kinds = new Map<string, string>()
  for (const { write, rows } of written) {
    const kind = conditionOf(write)
    if (kind === undefined) continue
    for (const row of rows.length === 0 ? ['of statics'] : rows) {
      const other: string = kinds.get(row) ?? kind
      if (other !== kind) {
        throw new StatementError(
          `${write.context.metadata.name}: a row has ${other} and ${kind} in this batch; keep one kind of condition`,
        )
      }
      kinds.set(row, kind)
    }
  }
}

function conditionOf({ request }: BoundWrite): string | undefined {
  if ('entity' in request) return request.ifNotExists === true ? 'ifNotExists' : undefined
  if (request.if !== undefined) return 'if'
  return request.ifExists === true ? 'ifExists' : undefined
}
