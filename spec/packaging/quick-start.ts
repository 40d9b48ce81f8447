import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blocksOf, printedBy } from '../docs/document'
import { connection } from '../server/keyspace'

type CompilerOptions = Readonly<Record<string, unknown>>

/** A program with the instructions around it, as a reader of the README follows them. */
export interface QuickStart {
  /** The packages that the `npm install` commands name, in their order. */
  readonly packages: readonly string[]
  readonly manifest: object
  readonly compilerOptions: { readonly standard: CompilerOptions; readonly legacy: CompilerOptions }
  /** The name of the program's file. */
  readonly file: string
  readonly program: string
  /** The program, changed for CommonJS as the README says. */
  readonly programInCommonJs: string
  readonly printed: string
}

/** Reads the quick start from the text of the README, for the server and the keyspace of this run. */
export function readQuickStart(keyspace: string): QuickStart {
  const markdown = readFileSync(join(__dirname, '../../README.md'), 'utf8')
  const found = (pattern: RegExp): string => {
    const [, text] = pattern.exec(markdown) ?? []
    if (text === undefined) throw new Error(`the README has no ${String(pattern)}`)
    return text
  }
  const [block, ...more] = blocksOf(markdown)
  if (block === undefined || more.length > 0) throw new Error('the README has not one program')
  const { compilerOptions } = JSON.parse(found(/^```json\n(.*?)^```$/msu)) as {
    compilerOptions: CompilerOptions
  }
  // `"experimentalDecorators": true`, in the prose around the configuration
  const added = [...markdown.matchAll(/`("\w+": true)`/gu)].map(([, option = '']) => option)
  const installs = [...markdown.matchAll(/^npm install (.*)$/gmu)]
  const { contactPoints, localDataCenter } = connection()
  const program = block.code
    .replace(`contactPoints: ['127.0.0.1']`, `contactPoints: ${JSON.stringify(contactPoints)}`)
    .replaceAll(`'datacenter1'`, JSON.stringify(localDataCenter))
    .replace('datacenter1:', `${JSON.stringify(localDataCenter)}:`)
    .replace(`'shop'`, `'${keyspace}'`)
  // write `async function main() {` before `const db`, and `}` and `main()` at the end
  const [, first = '', place = '', ...last] =
    /write `([^`]+)` before `([^`]+)`,\s+and `([^`]+)` and `([^`]+)` at the end/u.exec(markdown) ??
    []
  if (!program.includes(`\n${place}`)) throw new Error('the README does not tell about CommonJS')
  const programInCommonJs = [program.replace(`\n${place}`, `\n${first}\n${place}`), ...last].join(
    '\n',
  )
  return {
    packages: installs
      .flatMap(([, names = '']) => names.split(' '))
      .filter((name) => !name.startsWith('--')),
    manifest: JSON.parse(`{ "name": "user", ${found(/`("type": "module")`/u)} }`) as object,
    compilerOptions: {
      standard: compilerOptions,
      legacy: { ...compilerOptions, ...(JSON.parse(`{${added.join(',')}}`) as CompilerOptions) },
    },
    file: found(/^npx tsc && node (\w+)\.js$/mu) + '.ts',
    program,
    programInCommonJs,
    printed: `${printedBy([block]).join('\n')}\n`,
  }
}
