import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import ts from 'typescript-5'

const root = join(__dirname, '../..')

/** The members of exported declarations, by their names. */
export interface Exported {
  /** The members of every interface. */
  readonly interfaces: ReadonlyMap<string, readonly string[]>
  /** The public members of every class. */
  readonly classes: ReadonlyMap<string, readonly string[]>
  /** The texts of every type that is a union of texts. */
  readonly texts: ReadonlyMap<string, readonly string[]>
}

/** The names under which an entry point passes declarations on, types too. */
export function namesPassedOn(entryPoint: string): ReadonlySet<string> {
  const names = statementsOf(entryPoint).flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  )
  return new Set(names)
}

/** Reads the exported declarations from the text of the sources. */
export function readExported(): Exported {
  const interfaces = new Map<string, readonly string[]>()
  const classes = new Map<string, readonly string[]>()
  const texts = new Map<string, readonly string[]>()
  for (const path of globSync('lib/**/*.ts', { cwd: root })) {
    for (const statement of statementsOf(path).filter(isExported)) {
      if (ts.isInterfaceDeclaration(statement)) {
        interfaces.set(statement.name.text, membersOf(statement))
      }
      if (ts.isClassDeclaration(statement)) {
        classes.set(statement.name?.text ?? '', membersOf(statement))
      }
      if (ts.isTypeAliasDeclaration(statement)) {
        const found = textsOf(statement.type)
        if (found.length > 0) texts.set(statement.name.text, found)
      }
    }
  }
  return { interfaces, classes, texts }
}

function statementsOf(path: string): readonly ts.Statement[] {
  const source = readFileSync(join(root, path), 'utf8')
  return ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true).statements
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
}

function membersOf({ members }: ts.InterfaceDeclaration | ts.ClassDeclaration): readonly string[] {
  const names = [...members].flatMap((member) =>
    isPublic(member) && member.name !== undefined && ts.isIdentifier(member.name)
      ? [member.name.text]
      : [],
  )
  return [...new Set(names)]
}

const hidden: ReadonlySet<string> = new Set(['private', 'protected'])

function isPublic(member: ts.TypeElement | ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : []
  return (
    !modifiers.some((modifier) => hidden.has(modifier.getText())) &&
    !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal')
  )
}

function textsOf(type: ts.TypeNode): readonly string[] {
  const parts = ts.isUnionTypeNode(type) ? type.types : []
  return parts.flatMap((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : [],
  )
}
