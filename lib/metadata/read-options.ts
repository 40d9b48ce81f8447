import { didYouMean } from '../errors/did-you-mean'

/** A test of an option's value. */
export interface Check<T> {
  readonly accepts: (value: unknown) => value is T
  /** The values that it accepts, as a message names them. */
  readonly needs: string
  /** Explains a value that is not accepted, after the name of the option; without it, `must be` and the needs. */
  readonly refuse?: (value: unknown) => string | undefined
}

/** The options of a decorator by name. */
export type Checks = Readonly<Record<string, Check<unknown>>>

/** The values of options that their checks accept. */
export type Values<C extends Checks> = {
  readonly [K in keyof C]?: (C[K] extends Check<infer T> ? T : never) | undefined
}

/** The place of options, for messages. */
export interface OptionPlace {
  /** The decorator, or the option that holds them: `@Column()`. */
  readonly owner: string
  /** Receives each problem. */
  readonly tell: (message: string) => void
  /** Reasons for options that stand elsewhere: `order` on a column that has none. */
  readonly elsewhere?: Readonly<Record<string, string>>
}

/** Returns the accepted options; each unknown option and each value that does not fit is a problem. */
export function readOptions<C extends Checks>(
  given: unknown,
  checks: C,
  { owner, tell, elsewhere = {} }: OptionPlace,
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
          (reason === undefined ? didYouMean(name, Object.keys(checks)) : `: ${reason}`),
      )
    } else if (value === undefined || check.accepts(value)) values[name] = value
    else {
      const reason = check.refuse?.(value) ?? `must be ${check.needs}`
      tell(`the option '${name}' of ${owner} ${reason}`)
    }
  }
  return values as Values<C>
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isScalar(value: unknown): value is string | number | boolean {
  return isText(value) || isFlag(value) || (typeof value === 'number' && !Number.isNaN(value))
}

export const anything: Check<unknown> = {
  accepts: (value): value is unknown => value !== undefined,
  needs: 'a value',
}
export const text: Check<string> = { accepts: isText, needs: 'a text' }
export const flag: Check<boolean> = { accepts: isFlag, needs: 'true or false' }
export const finite: Check<number> = {
  accepts: (value): value is number => typeof value === 'number' && Number.isFinite(value),
  needs: 'a number',
}
export const texts: Check<readonly string[]> = {
  accepts: (value): value is readonly string[] => Array.isArray(value) && value.every(isText),
  needs: 'an array of texts',
}
export const scalars: Check<Readonly<Record<string, string | number | boolean>>> = {
  accepts: (value): value is Readonly<Record<string, string | number | boolean>> =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isScalar),
  needs: 'an object of texts, numbers and booleans',
}

/** Accepts whole numbers from `min` to `max`; `unit` names what they count. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER, unit?: 'seconds'): Check<number> {
  const number = unit === undefined ? 'a whole number' : `a whole number of ${unit}`
  return {
    accepts: (value): value is number =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    needs:
      max === Number.MAX_SAFE_INTEGER ? `${number} from ${min}` : `${number} from ${min} to ${max}`,
  }
}

/** Accepts one of these texts. */
export function oneOf<const T extends string>(...members: readonly T[]): Check<T> {
  const quoted = members.map((member) => `'${member}'`)
  return {
    accepts: (value): value is T => members.some((member) => member === value),
    needs: [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' or '),
  }
}

/** Accepts functions, which are only called later. */
export function functionThat<F extends (...args: never[]) => unknown>(does: string): Check<F> {
  return {
    accepts: (value): value is F => typeof value === 'function',
    needs: `a function that ${does}`,
  }
}
