import { parseType } from '../../lib/cql/parse-type'
import { drawDiagram } from '../../lib/schema/diagram/draw-diagram'
import type { ColumnModel, KeyspaceModel } from '../../lib/schema/model/table-model'

function column(name: string, type: string, more: Partial<ColumnModel> = {}): ColumnModel {
  return { name, type: parseType(type), kind: 'regular', position: -1, order: 'asc', ...more }
}

const shop: KeyspaceModel = {
  name: 'shop',
  tables: [
    {
      keyspace: 'shop',
      name: 'readings',
      columns: [
        column('tenant', 'text', { kind: 'partitionKey', position: 0 }),
        column('day', 'date', { kind: 'partitionKey', position: 1 }),
        column('at', 'timestamp', { kind: 'clustering', position: 0, order: 'desc' }),
        column('seq', 'int', { kind: 'clustering', position: 1 }),
        column('unit', 'text', { kind: 'static' }),
        column('labels', 'map<text, frozen<list<int>>>'),
        column('place', 'frozen<geo>'),
        column('a "b" <c>', 'text'),
      ],
      indexes: [
        { name: 'by_label', column: 'labels', on: 'keys', using: 'sai', options: {} },
        { name: 'by_value', column: 'labels', on: 'values', using: undefined, options: {} },
      ],
      options: {},
    },
    {
      keyspace: 'shop',
      name: 'hits',
      columns: [
        column('page', 'text', { kind: 'partitionKey', position: 0 }),
        column('views', 'counter', { kind: 'counter' }),
      ],
      indexes: [],
      options: {},
    },
  ],
  views: [
    {
      keyspace: 'shop',
      name: 'readings_by_unit',
      from: 'readings',
      columns: [
        column('day', 'date', { kind: 'partitionKey', position: 0 }),
        column('tenant', 'text', { kind: 'clustering', position: 0 }),
      ],
      options: {},
    },
  ],
  types: [
    { keyspace: 'shop', name: 'geo', fields: [{ name: 'lat', type: parseType('double') }] },
    {
      keyspace: 'shop',
      name: 'Odd Type',
      fields: [{ name: 'place', type: parseType('frozen<geo>') }],
    },
  ],
}

/** The texts of a picture in the order in which they stand there. */
function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)/gu)].map(([, text = '']) => text)
}

describe('an SVG', () => {
  const svg = drawDiagram(shop, 'svg')

  it('has each table with its columns, their types and their marks, views and types', () => {
    const texts = textsOf(svg)
    const from = texts.indexOf('readings')
    expect(texts[0]).toBe('shop')
    expect(texts.slice(from, from + 24).join(' ')).toBe(
      'readings tenant text K day date K at timestamp C↓ seq int C↑ unit text S ' +
        'labels map&lt;text, frozen&lt;list&lt;int&gt;&gt;&gt; IDX IDX ' +
        'place frozen&lt;geo&gt; a &quot;b&quot; &lt;c&gt; text',
    )
    expect(texts).toEqual(expect.arrayContaining(['view of readings', 'type', 'Odd Type', '++']))
  })

  it('tells what marks mean, and of indexes which they are', () => {
    expect(svg).toContain('<title>index by_label on its keys using sai</title>')
    expect(svg).toContain('<title>clustering column, descending</title>')
    expect(textsOf(svg).slice(-12).join(' ')).toBe(
      'K partition key C↑ clustering, ascending C↓ clustering, descending S static ++ counter IDX index',
    )
  })

  it('has no two boxes in one place', () => {
    const tables = Array.from({ length: 30 }, (_, i) => ({
      keyspace: 'many',
      name: `table_${i}`,
      columns: Array.from({ length: (i * 7) % 11 }, (_, j) => column(`column_${j}`, 'text')),
      indexes: [],
      options: {},
    }))
    const boxes = [
      ...drawDiagram({ name: 'many', tables, views: [], types: [] }, 'svg').matchAll(
        /translate\((\S+) (\S+)\)">\n<rect class="box" width="(\S+)" height="(\S+)"/gu,
      ),
    ].map(([, ...numbers]) => numbers.map(Number))
    expect(boxes).toHaveLength(30)
    for (const [i, [x = 0, y = 0, width = 0, height = 0]] of boxes.entries()) {
      for (const [left = 0, top = 0, wide = 0, high = 0] of boxes.slice(i + 1)) {
        const isApart =
          x + width <= left || left + wide <= x || y + height <= top || top + high <= y
        expect(isApart).toBe(true)
      }
    }
  })

  it('of nothing is a picture too', () => {
    expect(drawDiagram({ name: 'empty', tables: [], views: [], types: [] }, 'svg')).toMatch(
      /^<svg [\s\S]*<\/svg>\n$/u,
    )
  })
})

it('a page of HTML has the SVG in it and asks for nothing else', () => {
  const page = drawDiagram(shop, 'html')
  expect(page).toContain(drawDiagram(shop, 'svg'))
  expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
    /https?:|src=|href=|@import/u,
  )
})

it('Mermaid has what its names cannot hold in comments', () => {
  expect(drawDiagram(shop, 'mermaid')).toBe(`erDiagram
  table_readings["readings"] {
    text tenant PK "K"
    date day PK "K"
    timestamp at PK "C↓"
    int seq PK "C↑"
    text unit "S"
    map labels "IDX · IDX · map<text, frozen<list<int>>>"
    frozen place "frozen<geo>"
    text column_a__b___c_ "a #quot;b#quot; <c>"
  }
  view_readings_by_unit["readings_by_unit (view)"] {
    date day PK "K"
    text tenant PK "C↑"
  }
  table_hits["hits"] {
    text page PK "K"
    counter views "++"
  }
  type_geo["geo (type)"] {
    double lat
  }
  type_Odd_Type["Odd Type (type)"] {
    frozen place "frozen<geo>"
  }
  table_readings ||..o{ type_geo : "holds"
  table_readings ||--|| view_readings_by_unit : "view"
  type_Odd_Type ||..o{ type_geo : "holds"
`)
})
