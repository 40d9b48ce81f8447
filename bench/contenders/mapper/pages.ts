import type { Document, Model } from './models'

/** The members of a result that the driver's typings lack. */
interface Page {
  readonly pageState?: string | null
  toArray(): Document[]
}

/** The pages of a find, one after another. */
export async function* pages(model: Model, document: Document, fetchSize: number) {
  let pageState: string | undefined
  do {
    const options = { fetchSize, ...(pageState !== undefined && { pageState }) }
    const page = (await model.find(document, undefined, options as never)) as unknown as Page
    yield page.toArray()
    pageState = page.pageState ?? undefined
  } while (pageState !== undefined)
}
