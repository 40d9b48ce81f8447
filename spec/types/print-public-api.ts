import { join } from 'node:path'
import ts from 'typescript-5'

const printer = ts.createPrinter({ removeComments: true })

/**
 * Returns the declarations that an entry point exports, by name, without comments and private members. A declaration
 * that is exported from another file is found there.
 */
export function printPublicApi(
  folder: string,
  entryPoint: string,
): Readonly<Record<string, string>> {
  const file = join(folder, entryPoint)
  const program = ts.createProgram([file], { skipLibCheck: true, noLib: true, types: [] })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${file} exports nothing`)
  const entries = checker.getExportsOfModule(module).map((exported) => {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
    const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported
    const texts = (symbol.declarations ?? []).map((declaration) => textOf(declaration))
    return [exported.name, texts.join('\n')] as const
  })
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function textOf(declaration: ts.Declaration): string {
  const { transformed } = ts.transform<ts.Node>(declaration, [withoutPrivates])
  return printer.printNode(
    ts.EmitHint.Unspecified,
    transformed[0] ?? declaration,
    declaration.getSourceFile(),
  )
}

function withoutPrivates(context: ts.TransformationContext): (node: ts.Node) => ts.Node {
  return (node) =>
    ts.visitEachChild(node, (child) => (isPrivate(child) ? undefined : child), context)
}

function isPrivate(node: ts.Node): boolean {
  const isNamedPrivate =
    ts.isClassElement(node) && node.name !== undefined && ts.isPrivateIdentifier(node.name)
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []
  return isNamedPrivate || modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
}
