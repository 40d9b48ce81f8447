import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connection } from './keyspace'

const root = join(__dirname, '../..')

/** Projects of users, with this package built in their `node_modules`; each command there is a process that connects. */
export function useProjects() {
  let folder = ''
  let command = ''
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'coodie-cli-')))
    const installed = join(folder, 'node_modules/coodie')
    mkdirSync(installed, { recursive: true })
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/typescript/bin/tsc'),
        ...`-p ${join(root, 'tsconfig.build.json')} --declaration false --outDir`.split(' '),
        join(installed, 'dist'),
      ],
      { encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(stdout)
    const manifest = readFileSync(join(root, 'package.json'), 'utf8')
    writeFileSync(join(installed, 'package.json'), manifest)
    const { dependencies } = JSON.parse(manifest) as { dependencies: object }
    for (const name of [...Object.keys(dependencies), '@swc/core']) {
      const link = join(folder, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(root, 'node_modules', name), link)
    }
    command = join(installed, 'dist/cli/main.js')
  }, 120_000)

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  /** Writes a project of its own below the folder, and gives a way to run the command there. */
  const project = (name: string, files: Readonly<Record<string, string>>) => {
    const own = join(folder, name)
    mkdirSync(own, { recursive: true })
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(own, path)), { recursive: true })
      writeFileSync(join(own, path), text)
    }
    const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
      const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], NO_COLOR: '1', ...environment }
      const child = spawn(process.execPath, [command, ...args], { cwd: own, env })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (data) => (stdout += String(data)))
      child.stderr.on('data', (data) => (stderr += String(data)))
      child.stdin.end()
      return new Promise<{ code: number | null; stdout: string; stderr: string }>(
        (resolve, reject) => {
          child.on('error', reject)
          child.on('close', (code) => resolve({ code, stdout, stderr }))
        },
      )
    }
    /** The same where somebody sits at a terminal, who is asked something that ends with `?` and gives one answer. */
    const talk = async (args: string, answer: string) => {
      const line = `stty cols 200 rows 50; ${process.execPath} ${command} ${args}`
      const env = { PATH: process.env['PATH'], TERM: 'xterm-256color' }
      const child = spawn('script', ['-qefc', line, '/dev/null'], {
        cwd: own,
        env,
        timeout: 60_000,
      })
      let shown = ''
      let isAnswered = false
      child.stdout.on('data', (data) => {
        shown += String(data)
        if (isAnswered || !shown.includes('Continue?')) return
        isAnswered = true
        child.stdin.write(answer)
      })
      const [code] = (await once(child, 'close')) as [number]
      return { code, shown }
    }
    return { own, run, talk }
  }

  return { project, folder: () => folder }
}

/** A configuration, and what an application has beside it. */
export function filesOf(keyspace: string, more = ''): Readonly<Record<string, string>> {
  const { contactPoints, localDataCenter } = connection()
  return {
    'coodie.config.ts': `
import { defineConfig } from 'coodie'
export default defineConfig({
  contactPoints: ${JSON.stringify(contactPoints)}, localDataCenter: '${localDataCenter}',
  keyspace: '${keyspace}', entities: ['entities/*.ts'],${more}
})
`,
    'tsconfig.json': `{
  // as NestJS has it
  "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, },
}`,
    'entities/product.ts': product,
    'names.ts': names,
    'entities/names.ts': names,
  }
}

/** Its column has no type: the loader has to emit metadata. */
export const product = `
import { Column, Entity, Index, PartitionKey, Uuid } from 'coodie'
import { tableName } from './names.js'
@Entity(tableName)
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column() name!: string
}
`
export const names = `export const tableName: string = 'products'\n`
