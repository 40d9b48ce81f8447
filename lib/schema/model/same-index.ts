import { canonicalMap } from './stored-options'
import type { IndexModel } from './table-model'

/** Compares two indexes by target, class and options; names do not count. */
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

/** Returns one name for all spellings of a class: 'sai' for `StorageAttachedIndex`, with or without its package. */
export function classOf(using: string | undefined): string {
  const name = (using ?? 'legacy_local_table').split('.').at(-1)?.toLowerCase() ?? ''
  return name === 'storageattachedindex' ? 'sai' : name
}

/** The values of options that are not given. */
const defaults: Readonly<Record<string, string>> = {
  ascii: 'false',
  case_sensitive: 'true',
  normalize: 'false',
  similarity_function: 'cosine',
}

function sameOptions(a: IndexModel, b: IndexModel): boolean {
  return optionText(a) === optionText(b)
}

/** Returns the options of an index that are not the defaults. */
export function withoutDefaults({ options }: IndexModel): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(canonicalMap(Object.entries(options))).filter(
      ([name, value]) => defaults[name] !== value.toLowerCase(),
    ),
  )
}

function optionText(index: IndexModel): string {
  return JSON.stringify(
    Object.entries(withoutDefaults(index)).map(([name, value]) => [name, value.toLowerCase()]),
  )
}
