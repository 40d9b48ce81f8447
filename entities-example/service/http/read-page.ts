import { type FindOptions, type ReadRepository, StatementError } from 'coodie'
import type { PageQuery } from './page.query'
import { refusal } from './refusal'

/** A page for a client, who gets the page state as a token and gives it back for the next page. */
export async function readPage<E extends object>(
  repository: ReadRepository<E>,
  read: FindOptions<E>,
  { limit, page }: PageQuery,
): Promise<{ items: E[]; next: string | null }> {
  try {
    const { items, pageState } = await repository.findPage({
      ...read,
      fetchSize: limit,
      ...(page !== undefined && { pageState: page }),
    })
    return { items, next: pageState }
  } catch (error) {
    // The rest of the read is ours, so that it is the token that was changed, or that belongs to another query.
    if (page !== undefined && error instanceof StatementError) {
      throw refusal([{ property: 'page', reason: error.message }])
    }
    throw error
  }
}
