import ts from 'typescript-5'

/** The imports of a file, types included, and the names that it exports. */
export interface Module {
  /** As written: './column', 'cassandra-driver'. */
  readonly imports: readonly string[]
  /** Names that the file declares and exports. */
  readonly declared: readonly string[]
  /** Names that the file passes on from another. */
  readonly passedOn: readonly string[]
}

export function readModule(source: string): Module {
  const { importedFiles } = ts.preProcessFile(source, true, true)
  const { statements } = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest)
  return {
    imports: importedFiles.map(({ fileName }) => fileName),
    declared: statements.filter(isExported).flatMap(namesOf),
    passedOn: statements.flatMap((statement) =>
      ts.isExportDeclaration(statement) ? passedOnBy(statement) : [],
    ),
  }
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

/** The names of a declaration; several statements may declare one (overloads, a value and its type). */
function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) =>
      ts.isIdentifier(name) ? name.text : '',
    )
  }
  const { name } = statement as { name?: ts.Node }
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : []
}

function passedOnBy({ exportClause }: ts.ExportDeclaration): readonly string[] {
  if (exportClause === undefined) return ['*']
  return ts.isNamedExports(exportClause)
    ? exportClause.elements.map(({ name }) => name.text)
    : [exportClause.name.text]
}
