import { type Class, DeclarationError, getEntityMetadata } from '../../lib'

/** The problems of a class, each with its place: `Product.price: needs …`. The message of the error has all of them. */
export function problemsOf<T extends Class>(
  target: T,
  build: (target: T) => unknown = getEntityMetadata,
): readonly string[] {
  try {
    build(target)
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error
    expect(error.code).toBe('DECLARATION')
    const problems = error.problems.map(({ where, message }) => `${where}: ${message}`)
    for (const problem of problems) expect(error.message).toContain(problem)
    return problems
  }
  return []
}
