import ts from 'typescript-5'

/** The sources of messages: classes of errors, and the functions and properties that pass a message to them. */
const errorNames = new Set([
  'StatementError',
  'ValueError',
  'SchemaError',
  'DeclarationError',
  'MigrationError',
  'ValidationError',
  'Refusal',
  'NoCodecError',
  'TypeTextError',
  'MissingFieldError',
])
const toldBy = new Set(['refuse', 'refusal', 'tell', 'problem', 'impossible'])
const heldIn = new Set(['undefinedRefusal', 'nullRefusal', 'reason', 'remedy', 'message'])

/** Shorter ones say too little to be looked for. */
export const shortest = 20

/** The constant parts of the messages of a file, of twenty characters and more. */
export function messageTexts(source: string): readonly string[] {
  const found = new Set<string>()
  const collect = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || isTemplatePart(node)) {
      if (node.text.trim().length >= shortest) found.add(node.text.trim())
    }
    ts.forEachChild(node, collect)
  }
  const visit = (node: ts.Node): void => {
    for (const said of saidBy(node)) collect(said)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true))
  return [...found]
}

function isTemplatePart(node: ts.Node): node is ts.TemplateLiteralLikeNode {
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
}

function saidBy(node: ts.Node): readonly ts.Node[] {
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    return errorNames.has(node.expression.text) ? (node.arguments ?? []) : []
  }
  if (ts.isCallExpression(node)) {
    const called = ts.isPropertyAccessExpression(node.expression)
      ? node.expression.name
      : node.expression
    return ts.isIdentifier(called) && toldBy.has(called.text) ? node.arguments : []
  }
  const isHeld =
    ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && heldIn.has(node.name.text)
  return isHeld ? [node.initializer] : []
}

/** Returns the texts of which no spec contains twenty characters in a row. */
export function unreadTexts(texts: readonly string[], specs: readonly string[]): readonly string[] {
  const textsOf = new Map<string, string[]>()
  for (const text of texts) {
    for (const window of windows(text)) {
      textsOf.set(window, [...(textsOf.get(window) ?? []), text])
    }
  }
  const unread = new Set(texts)
  for (const spec of specs) {
    for (const window of windows(asRead(spec))) {
      for (const text of textsOf.get(window) ?? []) unread.delete(text)
    }
  }
  return [...unread]
}

/** A text that is written over several lines, or in a pattern, as it is read. */
function asRead(spec: string): string {
  return spec.replaceAll(/(['"`])\s*\+\s*\1/gu, '').replaceAll(/\\([^\w\s])/gu, '$1')
}

function* windows(text: string): Generator<string> {
  for (let at = 0; at + shortest <= text.length; at++) yield text.slice(at, at + shortest)
}
