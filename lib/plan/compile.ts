import { compileFunction } from 'node:vm'

/**
 * The way functions are made: `generated` from source, or `closures` composed at run time, where there is no
 * compiler or `COODIE_CODE_GENERATION=0` says so. Both give the same results.
 */
export type CodeGeneration = 'generated' | 'closures'

export function codeGeneration(): CodeGeneration {
  return process.env['COODIE_CODE_GENERATION'] === '0' || typeof compileFunction !== 'function'
    ? 'closures'
    : 'generated'
}

/**
 * The one gate for generated code: `source` is the body of a function of the named values, and what it
 * returns is returned. Names from outside enter a source only through `quote`, values only by reference.
 * `vm.compileFunction` works under `--disallow-code-generation-from-strings` too.
 */
export function compile<F>(source: string, values: Readonly<Record<string, unknown>>): F {
  const factory = compileFunction(`'use strict'\n${source}`, Object.keys(values)) as (
    ...given: unknown[]
  ) => F
  return factory(...Object.values(values))
}

/** A name as a literal of the generated source. */
export function quote(name: string | number): string {
  return JSON.stringify(name)
}
