import type { HookDeclaration, HookEvent } from '../declaration'
import type { Problem } from './declared-properties'
import type { HookMethods } from '../entity-metadata'

const refusals = {
  static: 'is static; a hook is a method of the instances',
  private: 'is #private and cannot be called from outside; a hook is a plain method',
  accessor: 'is a getter, a setter or an accessor; a hook is a method',
  parameter: 'has a decorated parameter; a hook is a method',
  field: 'is a property; a hook is a method: write `name() { … }`',
} as const satisfies Record<NonNullable<HookDeclaration['misplaced']>, string>

/**
 * Builds the hooks of a class and its bases, hooks of the base first. They are called by name, so that an overridden
 * method is called once.
 */
export function buildHooks(
  chain: readonly (readonly HookDeclaration[])[],
  problem: Problem,
): HookMethods | undefined {
  const found: Partial<Record<HookEvent, (string | symbol)[]>> = {}
  for (const { event, method, misplaced } of chain.flat()) {
    if (misplaced !== undefined) {
      problem(String(method), refusals[misplaced])
      continue
    }
    const methods = (found[event] ??= [])
    if (!methods.includes(method)) methods.push(method)
  }
  return Object.keys(found).length === 0 ? undefined : found
}
