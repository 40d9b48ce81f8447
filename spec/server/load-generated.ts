import { transformSync } from '@swc/core'
import * as coodie from '../../lib'

/** Runs generated files, which may import each other, under legacy decorators. */
export function loadGenerated(files: readonly coodie.GeneratedFile[]): readonly coodie.Class[] {
  const loaded = new Map<string, Record<string, unknown>>()
  const loadFile = (path: string): Record<string, unknown> => {
    const file = files.find((each) => each.path === path)
    if (file === undefined) throw new Error(`nothing generated ${path}`)
    const there = loaded.get(path)
    if (there !== undefined) return there
    const { code } = transformSync(file.source, {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    })
    const exported: Record<string, unknown> = {}
    loaded.set(path, exported)
    const require = (name: string) =>
      name === 'coodie' ? coodie : loadFile(`${name.replace('./', '').replace(/\.js$/u, '')}.ts`)
    // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- it is what is generated
    new Function('require', 'exports', code)(require, exported)
    return exported
  }
  return files.flatMap(({ path }) => Object.values(loadFile(path)) as coodie.Class[])
}
