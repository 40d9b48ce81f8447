import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { type Access, accessOf } from './access'
import { accessRules } from './access-rules'
import { findConflict } from './conflict-rules'
import { explainFiltering } from './filtering-rules'
import { nearestRules } from './nearest-rules'
import { orderRules } from './order-rules'
import type { ReadRequest } from './read-request'
import { findImpossibleRelation } from './relation-rules'
import { remediesOf } from './remedies'
import { resultRules } from './result-rules'
import { type Explanation, type Rule, firstFinding } from './rule'
import { losesPages, wrongAnswers } from './wrong-answers'

/**
 * The answer of the server: `served` by the key or an index, `filtering` if it wants ALLOW FILTERING,
 * or `impossible` whatever is allowed.
 */
export interface Verdict {
  readonly verdict: 'served' | 'filtering' | 'impossible'
  readonly reason: string
  readonly remedy: string
  /** Tells if the rows must come in one page, since the server refuses or fails to page them. */
  readonly inOnePage: boolean
}

/** The limits of a read as a whole. */
const impossibilities: readonly Rule<Access>[] = [
  ...nearestRules,
  ...resultRules,
  ...orderRules,
  ...accessRules,
  ...wrongAnswers,
]

/** Decides how a read can be answered, from the key, the indexes and the operators alone. */
export function analyzeWhere(metadata: EntityMetadata, request: ReadRequest): Verdict {
  const impossible = findImpossible(metadata, request)
  if (impossible !== undefined) return { verdict: 'impossible', ...impossible, inOnePage: false }
  const access = accessOf(metadata, request)
  const inOnePage = (request.orderBy.length > 0 && access.hasPartitionIn) || losesPages(access)
  if (access.isServed) return { verdict: 'served', reason: '', remedy: '', inOnePage }
  return {
    verdict: 'filtering',
    reason: explainFiltering(access),
    remedy: remediesOf(access, isServed),
    inOnePage,
  }
}

/** Refuses what would be refused by the server, or would filter without being allowed to. */
export function requireServed(
  metadata: EntityMetadata,
  request: ReadRequest & { readonly allowFiltering: boolean },
): Verdict {
  const verdict = analyzeWhere(metadata, request)
  const isAllowed =
    verdict.verdict === 'served' || (verdict.verdict === 'filtering' && request.allowFiltering)
  if (isAllowed) return verdict
  throw new StatementError(`${metadata.name}: ${verdict.reason}; ${verdict.remedy}`)
}

function findImpossible(metadata: EntityMetadata, request: ReadRequest): Explanation | undefined {
  return (
    findImpossibleRelation(metadata, request.relations) ??
    findConflict(metadata, request.relations) ??
    firstFinding(impossibilities, accessOf(metadata, request))
  )
}

function isServed(metadata: EntityMetadata, request: ReadRequest): boolean {
  return findImpossible(metadata, request) === undefined && accessOf(metadata, request).isServed
}
