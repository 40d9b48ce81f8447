/**
 * Ends a switch over a union: a member that has no case does not compile. Throws an `Error` if the
 * types were bypassed.
 *
 * @example
 * switch (kind) {
 *   case 'table':
 *     return table()
 *   case 'view':
 *     return view()
 *   default:
 *     return unreachable(kind)
 * }
 */
export function unreachable(kind: never, subject = 'kind'): never {
  throw new Error(`Unexpected ${subject}: ${String(kind)}`)
}
