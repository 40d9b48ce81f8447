/** A place in a prepared query that each call fills: made by `param('name')`. */
export class Param<N extends string = string> {
  constructor(readonly name: N) {}
}

/**
 * A parameter of a prepared query, in place of a value.
 *
 * ```ts
 * const byBrand = products.prepare({ where: { brand: param('brand') }, limit: 10 })
 * await byBrand.find({ brand: 'Acme' })
 * ```
 */
export function param<const N extends string>(name: N): Param<N> {
  return Object.freeze(new Param(name))
}
