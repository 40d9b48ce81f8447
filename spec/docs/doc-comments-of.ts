import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript-5'

const root = join(__dirname, '../..')

/** A public name, or a member of one, with the doc comments of its declarations. */
export interface Documented {
  /** `DataSource.initialize`. */
  readonly name: string
  /** `lib/data-source/data-source.ts:74`. */
  readonly where: string
  /** The texts of the comments without their tags; empty if there are none. */
  readonly comments: readonly string[]
}

type Declaration = ts.Statement | ts.VariableDeclaration

/** Returns everything that an entry point exports, with its public members. */
export function publicNames(entryPoint: string): readonly Documented[] {
  const file = parse(join(root, entryPoint))
  return [...exportsOf(file)].flatMap(([name, from]) => {
    const declarations = declarationsOf(from.file, from.name)
    return [
      documented(name, declarations),
      ...[...membersOf(declarations)].map(([member, nodes]) =>
        documented(`${name}.${member}`, nodes),
      ),
    ]
  })
}

/** Returns the doc comments of a file: the line that each begins at, and its text. */
export function docComments(
  path: string,
): readonly { readonly line: number; readonly text: string }[] {
  const source = readFileSync(join(root, path), 'utf8')
  return [...source.matchAll(/^ *\/\*\*(?!\*)(.*?)\*\//gmsu)].map((match) => ({
    line: source.slice(0, match.index).split('\n').length,
    text: (match[1] ?? '').replaceAll(/^ *\* ?/gmu, '').trim(),
  }))
}

const parsed = new Map<string, ts.SourceFile>()

function parse(path: string): ts.SourceFile {
  const file =
    parsed.get(path) ??
    ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  parsed.set(path, file)
  return file
}

interface Origin {
  readonly file: ts.SourceFile
  readonly name: string
}

/** The names that a file passes on from other files of lib, with the place that declares each. */
function exportsOf(file: ts.SourceFile): ReadonlyMap<string, Origin> {
  const found = new Map<string, Origin>()
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue
    if (!ts.isNamedExports(statement.exportClause)) continue
    const from = moduleOf(file, statement.moduleSpecifier)
    if (from === undefined) continue
    for (const { name, propertyName } of statement.exportClause.elements) {
      found.set(name.text, originOf(from, (propertyName ?? name).text))
    }
  }
  return found
}

function originOf(file: ts.SourceFile, name: string): Origin {
  return exportsOf(file).get(name) ?? { file, name }
}

function moduleOf(file: ts.SourceFile, specifier: ts.Expression | undefined) {
  if (specifier === undefined || !ts.isStringLiteral(specifier)) return undefined
  if (!specifier.text.startsWith('.')) return undefined
  const path = join(dirname(file.fileName), specifier.text)
  const target = [`${path}.ts`, join(path, 'index.ts')].find((each) => existsSync(each))
  return target === undefined ? undefined : parse(target)
}

function declarationsOf(file: ts.SourceFile, name: string): readonly Declaration[] {
  return file.statements.flatMap((statement): readonly Declaration[] => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.some((each) => each.name.getText() === name)
        ? [statement]
        : []
    }
    const isNamed =
      (ts.isClassDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isFunctionDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement)) &&
      statement.name?.text === name
    return isNamed ? [statement] : []
  })
}

const hidden: ReadonlySet<string> = new Set(['private', 'protected', 'override'])

/** The public members of classes, interfaces and types of objects; those that override one share its comment. */
function membersOf(declarations: readonly Declaration[]): ReadonlyMap<string, readonly ts.Node[]> {
  const found = new Map<string, readonly ts.Node[]>()
  const members = declarations.flatMap((each): readonly ts.Node[] => {
    if (ts.isClassDeclaration(each) || ts.isInterfaceDeclaration(each)) return [...each.members]
    if (ts.isTypeAliasDeclaration(each) && ts.isTypeLiteralNode(each.type)) {
      return [...each.type.members]
    }
    return []
  })
  for (const member of members) {
    const isMember = ts.isTypeElement(member) || ts.isClassElement(member)
    if (!isMember || member.name === undefined || ts.isPrivateIdentifier(member.name)) continue
    // A member under a symbol is for the compiler, or is known from elsewhere.
    if (ts.isComputedPropertyName(member.name)) continue
    const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : []
    if (modifiers.some((modifier) => hidden.has(modifier.getText()))) continue
    if (ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal')) continue
    const name = member.name.getText()
    found.set(name, [...(found.get(name) ?? []), member])
  }
  return found
}

function documented(name: string, nodes: readonly ts.Node[]): Documented {
  const [first] = nodes
  const file = first?.getSourceFile()
  const line = file && first ? file.getLineAndCharacterOfPosition(first.getStart()).line + 1 : 0
  return {
    name,
    where: `${relative(root, file?.fileName ?? '')}:${line}`,
    comments: nodes
      .flatMap((node) => ts.getJSDocCommentsAndTags(node))
      .filter((node): node is ts.JSDoc => ts.isJSDoc(node))
      .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
      .filter((text) => text !== ''),
  }
}
