import { identifier } from '../../cql/identifier'
import { lex } from '../../cql/lex'

/**
 * Returns a statement as a migration contains it: without the keyspace of the data source, so that one migration serves
 * all keyspaces, and without `IF NOT EXISTS`, which would hide another thing of that name.
 */
export function plainStatement(cql: string, keyspace: string | undefined): string {
  const plain = cql.replace(/^((?:CREATE|DROP) [A-Z ]+?) IF (?:NOT )?EXISTS /u, '$1 ')
  if (keyspace === undefined) return plain
  const own = identifier(keyspace)
  const tokens = lex(plain)
  return tokens
    .filter(
      ({ kind, text }, i) =>
        !(kind === 'name' && text === own && tokens[i + 1]?.text === '.') &&
        !(text === '.' && tokens[i - 1]?.kind === 'name' && tokens[i - 1]?.text === own),
    )
    .map(({ text }) => text)
    .join('')
}
