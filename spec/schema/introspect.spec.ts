import { introspectKeyspace } from '../../lib/schema/model/introspect'

it('stops reading a keyspace that changes all the time', async () => {
  let readings = 0
  const session = {
    query: (cql: string) =>
      Promise.resolve(
        cql.includes('system_schema.types WHERE')
          ? [{ type_name: `t${readings++}`, field_names: ['f'], field_types: ['int'] }]
          : [],
      ),
    queryEachNode: () => Promise.resolve([]),
    executeSchema: () => Promise.resolve(),
  }
  await expect(introspectKeyspace(session, 'shop')).rejects.toThrow(
    "keyspace 'shop' was changed by another process during each of 20 readings; try again when the changes are done",
  )
  expect(readings).toBe(20)
})
