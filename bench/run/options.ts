import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type ContenderName, nodeContenders, titles } from '../contenders'

/** The options of the command line. */
export interface Options {
  /** Saved under this name. */
  readonly save: string | undefined
  /** Compared with the run that was saved under this name. */
  readonly compare: string | undefined
  readonly isQuick: boolean
  /** A regular expression of the groups' names. */
  readonly only: string | undefined
  readonly rounds: number
  readonly seed: number
  readonly contenders: readonly ContenderName[]
}

export const usage = `npm run bench -- [options]

  --quick              every group in a few minutes
  --only <pattern>     groups whose name matches this regular expression
  --rounds <n>         the least rounds of each case: 9, or 3 with --quick; more until its ratios are exact to 3 %
  --seed <n>           of the data: 1
  --contenders <list>  of ${Object.keys(titles).join(', ')}
  --save <name>        saved as bench/results/<name>.json and .html: latest
  --compare <name>     exits with 1 when a ratio to the bare driver got worse than in that run
  --help

npm run bench:peers takes the same; its contenders are in Python, with coodie and the bare driver beside them.`

const flags = {
  save: { type: 'string' },
  compare: { type: 'string' },
  quick: { type: 'boolean', default: false },
  only: { type: 'string' },
  rounds: { type: 'string' },
  seed: { type: 'string', default: '1' },
  contenders: { type: 'string' },
  peers: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options']

const ofPeers = ['driver', 'coodie', 'python-driver', 'python-coodie', 'cqlengine'] as const

/** Throws an `Error` for what it does not know. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: flags, strict: true })
  const usual = values.peers ? ofPeers : (Object.keys(nodeContenders) as ContenderName[])
  return {
    save: fileName('save', values.save),
    compare: fileName('compare', values.compare),
    isQuick: values.quick,
    only: regularExpression(values.only),
    rounds: wholeNumber('rounds', values.rounds ?? (values.quick ? '3' : '9'), 1),
    seed: wholeNumber('seed', values.seed, 0),
    contenders: values.contenders === undefined ? usual : contendersOf(values.contenders),
  }
}

function contendersOf(list: string): readonly ContenderName[] {
  return list.split(',').map((text) => {
    const name = text.trim()
    if (!(name in titles)) {
      throw new Error(
        `there is no contender '${name}'; there are ${Object.keys(titles).join(', ')}`,
      )
    }
    return name as ContenderName
  })
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`--${name} must be a whole number from ${least}; it is '${text}'`)
  }
  return value
}

function regularExpression(pattern: string | undefined): string | undefined {
  try {
    if (pattern !== undefined) void new RegExp(pattern, 'u')
  } catch (error) {
    throw new Error(`--only is not a regular expression: '${String(pattern)}'`, { cause: error })
  }
  return pattern
}

function fileName(flag: string, name: string | undefined): string | undefined {
  if (name !== undefined && !/^[\w.-]+$/u.test(name)) {
    throw new Error(`--${flag} is a name of letters, digits, '.', '_' and '-'; it is '${name}'`)
  }
  return name
}
