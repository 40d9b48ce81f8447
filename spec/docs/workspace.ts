import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(__dirname, '../..')

/** A folder for programs of documents, in which `coodie` is this repository's. */
export interface Workspace {
  /** Compiles the programs, by their names, and returns the compiler's output; empty if they compile. */
  compile(
    programs: Readonly<Record<string, string>>,
    options?: Readonly<Record<string, unknown>>,
  ): Promise<string>
  /** Runs a program and returns its output. */
  run(program: string): Promise<string>
}

export function useWorkspace(): Workspace {
  const cache = join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'docs-'))
  const declarations = join(folder, 'declarations')
  const tsc = (...args: string[]) =>
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...args], { cwd: root })
  // The declarations that users get: the compiler options of a document need not suit the sources.
  beforeAll(async () => {
    await tsc('-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', declarations)
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  return {
    async compile(programs, options = {}) {
      const files = Object.entries(programs).map(([name, text]) => write(`${name}.ts`, text))
      // As in a new project: without what this repository's own tsconfig.json asks for beyond that.
      const compilerOptions = {
        module: 'nodenext',
        moduleResolution: 'nodenext',
        types: ['node', 'jest'],
        typeRoots: [join(root, 'node_modules/@types')],
        skipLibCheck: true,
        esModuleInterop: true,
        noEmit: true,
        paths: {
          coodie: [join(declarations, 'index.d.ts')],
          'coodie/nestjs': [join(declarations, 'nestjs/index.d.ts')],
          'coodie/testing': [join(declarations, 'testing/index.d.ts')],
          'coodie/migration': [join(declarations, 'migration/index.d.ts')],
        },
        ...options,
      }
      const project = write('tsconfig.json', JSON.stringify({ compilerOptions, files }))
      return tsc('-p', project, '--pretty', 'false').then(
        () => '',
        (error: { stdout: string }) => error.stdout,
      )
    },
    async run(program) {
      const path = write('program.ts', program)
      const script =
        `require(${JSON.stringify(join(root, 'scripts/typescript.cjs'))}).registerTypeScript();` +
        `require(${JSON.stringify(path)}).program().then(() => process.exit(0))`
      const { stdout } = await run(process.execPath, ['-e', script])
      return stdout
    },
  }
}
