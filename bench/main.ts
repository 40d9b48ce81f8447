import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ContenderName, isNodeName } from './contenders'
import { groups } from './groups'
import { regressions } from './report/compare'
import { page } from './report/page'
import { picture } from './report/picture'
import type { RunResult } from './report/result'
import { summary, terminalListener } from './report/terminal'
import { python } from './run/contender-process'
import { type Options, parseOptions, usage } from './run/options'
import { extraNames } from './run/extras'
import { run } from './run/run'

const folder = process.env['BENCH_RESULTS'] ?? join(__dirname, 'results')
const file = (name: string, kind: string) => join(folder, `${name}.${kind}`)

/** Runs what the command line asks for; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage)
    return 0
  }
  let options: Options
  try {
    options = parseOptions(args)
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`)
    return 2
  }
  const before = options.compare === undefined ? undefined : saved(options.compare)
  const only = new RegExp(options.only ?? '', 'u')
  requirePython(options.contenders)
  const result = await run(
    options,
    groups.filter(({ name }) => only.test(name)),
    extraNames.filter((name) => only.test(name)),
    terminalListener(options.contenders),
  )
  const worse = before === undefined ? [] : regressions(before, result)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file(result.name, 'json'), `${JSON.stringify(result, null, 1)}\n`)
  writeFileSync(file(result.name, 'html'), page(result))
  writeFileSync(file(result.name, 'svg'), picture(result))
  console.log(summary(result, worse))
  console.log(`\n${file(result.name, 'html')}`)
  const hasFailed = result.groups.some(({ cases }) => cases.some((one) => one.failed !== undefined))
  return hasFailed || worse.length > 0 ? 1 : 0
}

function saved(name: string): RunResult {
  if (!existsSync(file(name, 'json'))) throw new Error(`there is no ${file(name, 'json')}`)
  return JSON.parse(readFileSync(file(name, 'json'), 'utf8')) as RunResult
}

/** Throws when one of the contenders cannot run here. */
function requirePython(contenders: readonly ContenderName[]): void {
  const missing = contenders.find((name) => !isNodeName(name))
  if (missing !== undefined && !existsSync(python)) {
    throw new Error(`${missing} needs ${python}: npm run bench:peers makes it`)
  }
}
