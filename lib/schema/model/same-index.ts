import { canonicalMap } from './stored-options'
import type { IndexModel } from './table-model'

/** An index is what it indexes, with which class, and how, whatever its name. */
export function sameIndex(a: IndexModel, b: IndexModel, defaultIndex?: string): boolean {
  return sameTarget(a, b) && sameClass(a, b, defaultIndex) && sameOptions(a, b)
}

export function sameTarget(a: IndexModel, b: IndexModel): boolean {
  return a.column === b.column && (a.on ?? 'values') === (b.on ?? 'values')
}

/** `defaultIndex` is the class of indexes that name none. */
export function sameClass(a: IndexModel, b: IndexModel, defaultIndex?: string): boolean {
  return classOf(a.using ?? defaultIndex) === classOf(b.using ?? defaultIndex)
}

/** 'sai' and the class's full name mean the same. */
function classOf(using: string | undefined): string {
  const name = (using ?? 'legacy_local_table').split('.').at(-1)?.toLowerCase() ?? ''
  return name === 'storageattachedindex' ? 'sai' : name
}

/** What an option is that is not given. */
const defaults: Readonly<Record<string, string>> = {
  ascii: 'false',
  case_sensitive: 'true',
  normalize: 'false',
  similarity_function: 'cosine',
}

function sameOptions(a: IndexModel, b: IndexModel): boolean {
  return optionText(a) === optionText(b)
}

function optionText({ options }: IndexModel): string {
  const given = Object.entries(canonicalMap(Object.entries(options)))
  return JSON.stringify(
    given
      .map(([name, value]) => [name, value.toLowerCase()])
      .filter(([name = '', value]) => defaults[name] !== value),
  )
}
