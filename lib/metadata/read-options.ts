import { didYouMean } from '../errors/did-you-mean'
import { type OptionCheck, checkThat, isObject } from '../errors/option-checks'
import type { WordKind } from '../errors/words'

/** The options of a decorator by name. */
export type Checks = Readonly<Record<string, OptionCheck>>

/** The values of options that their checks accept. */
export type Values<C extends Checks> = {
  readonly [K in keyof C]?: (C[K] extends OptionCheck<infer T> ? T : never) | undefined
}

/** The place of options, for messages. */
export interface OptionPlace {
  /** The decorator, or the option that holds them: `@Column()`. */
  readonly owner: string
  /** Receives each problem. */
  readonly tell: (message: string) => void
  /** Reasons for options that stand elsewhere: `order` on a column that has none. */
  readonly elsewhere?: Readonly<Record<string, string>>
  /** The options of other libraries that people may write here. */
  readonly words?: WordKind
}

/** Returns the accepted options; each unknown option and each value that does not fit is a problem. */
export function readOptions<C extends Checks>(
  given: unknown,
  checks: C,
  { owner, tell, elsewhere = {}, words }: OptionPlace,
): Values<C> {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'object' || Array.isArray(given)) {
    tell(`the options of ${owner} must be an object`)
    return {}
  }
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (check === undefined) {
      const reason = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined
      tell(
        `'${name}' is not an option of ${owner}` +
          (reason === undefined ? didYouMean(name, Object.keys(checks), words) : `: ${reason}`),
      )
      continue
    }
    const need = value === undefined ? undefined : check(value)
    if (need === undefined) values[name] = value
    else tell(`the option '${name}' of ${owner} ${need}`)
  }
  return values as Values<C>
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && !Number.isNaN(value)
}

/** A map of CQL, such as `compaction`. */
type Scalars = Readonly<Record<string, string | number | boolean>>

export const anything: OptionCheck = () => undefined
export const finite = checkThat<number>(Number.isFinite, 'must be a number')
export const scalars = checkThat<Scalars>(
  (value) => isObject(value) && Object.values(value).every(isScalar),
  'must be an object of strings, numbers and booleans',
)

/** Accepts whole numbers from `min` to `max`; `unit` names what they count. */
export function whole(
  min: number,
  max = Number.MAX_SAFE_INTEGER,
  unit?: 'seconds',
): OptionCheck<number> {
  const number = unit === undefined ? 'a whole number' : `a whole number of ${unit}`
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`
  return checkThat(
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    `must be ${number} ${range}`,
  )
}

/** Accepts functions, which are only called later. */
export function functionThat<F extends (...args: never[]) => unknown>(
  does: string,
): OptionCheck<F> {
  return checkThat((value) => typeof value === 'function', `must be a function that ${does}`)
}
