import { type Layout, enclosed } from './layout'
import { objectSource } from './value-source'

/**
 * Writes a decorator with its arguments: `@Column('text', { name: 'n' })`, `@Column('text')`, `@Column({ type: list(…), name: 'n' })`.
 * Only the options are broken into lines if the part before them fits.
 */
export function decoratorSource(
  name: string,
  type: Layout | undefined,
  options: Readonly<Record<string, Layout>> = {},
): Layout {
  const hasOptions = Object.keys(options).length > 0
  if (type === undefined) return [`@${name}(`, hasOptions ? objectSource(options) : '', ')']
  if (!hasOptions) return [`@${name}`, enclosed('(', [type], ')')]
  if (typeof type !== 'string') return [`@${name}(`, objectSource({ type, ...options }), ')']
  const fits = `  @${name}(${type}, {`.length <= 100
  return fits
    ? [`@${name}(${type}, `, objectSource(options), ')']
    : [`@${name}`, enclosed('(', [type, objectSource(options)], ')')]
}
