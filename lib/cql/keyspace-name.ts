/** The rule for names of keyspaces, for messages. */
export const keyspaceNameRule =
  'the name of a keyspace: Cassandra takes letters, digits and _, 48 at most'

export function isKeyspaceName(name: unknown): name is string {
  return typeof name === 'string' && /^\w{1,48}$/u.test(name)
}
