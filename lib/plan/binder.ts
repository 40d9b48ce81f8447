import { Refusal } from '../codec/codec'
import { unset } from '../driver/types/unset'
import { valueError } from './value-error'
import type { Marker, Path } from '../statement/statement'
import { type CodeGeneration, compile, quote } from './compile'

/** From a request to the parameters of its statement. Throws `ValueError` before anything is sent. */
export type Binder = (request: object) => unknown[]

/** Compiles the markers of a statement into one function. */
export function compileBinder(
  entity: string,
  markers: readonly Marker[],
  mode: CodeGeneration,
): Binder {
  const refuse = (at: number, error: unknown): never => {
    const label = markers[at]?.label ?? ''
    throw error instanceof Refusal ? valueError(entity, label, error) : error
  }
  return mode === 'generated' ? generated(markers, refuse) : composed(markers, refuse)
}

type Refuse = (at: number, error: unknown) => never

function generated(markers: readonly Marker[], refuse: Refuse): Binder {
  const lines = markers.map(({ path, undefinedRefusal, nullRefusal }, i) => {
    const value = `request${path.map((step) => `[${quote(step)}]`).join('')}`
    const codec = `codecs[${i}]`
    return [
      `at = ${i}; value = ${value};`,
      `params[${i}] = value === undefined ? ${absent(undefinedRefusal, 'unset')}`,
      `: value === null ? ${absent(nullRefusal, 'null')}`,
      `: ${codec}.toDriver(${codec}.check(value));`,
    ].join(' ')
  })
  return compile<Binder>(
    `return function bind(request) {
  const params = new Array(${markers.length});
  let at = 0, value;
  try {
    ${lines.join('\n    ')}
  } catch (error) { refuse(at, error) }
  return params
}`,
    { codecs: markers.map(({ codec }) => codec), unset, refuse, refusal },
  )
}

function absent(reason: string | undefined, otherwise: string): string {
  return reason === undefined ? otherwise : `refusal(${quote(reason)})`
}

function refusal(reason: string): never {
  throw new Refusal(reason)
}

function composed(markers: readonly Marker[], refuse: Refuse): Binder {
  return (request) =>
    markers.map((marker, at) => {
      try {
        return parameter(marker, valueAt(request, marker.path))
      } catch (error) {
        return refuse(at, error)
      }
    })
}

function parameter(marker: Marker, value: unknown): unknown {
  if (value === undefined) {
    return marker.undefinedRefusal === undefined ? unset : refusal(marker.undefinedRefusal)
  }
  if (value === null) {
    return marker.nullRefusal === undefined ? null : refusal(marker.nullRefusal)
  }
  return marker.codec.toDriver(marker.codec.check(value))
}

/** The value at a path of a request whose shape is known to have it. */
export function valueAt(request: object, path: Path): unknown {
  let value: unknown = request
  for (const step of path) value = (value as Record<string | number, unknown>)[step]
  return value
}
