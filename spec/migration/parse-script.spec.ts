import { parseScript } from '../../lib/migration/files/parse-script'

const empty = { description: undefined, destructive: false, up: [], down: undefined }

it.each([
  ['nothing', '', empty],
  ['comments alone', '-- a\n/* b; */ // c', empty],
  ['the statements of up', '-- migrate:up\nUSE a;\nUSE b', { ...empty, up: ['USE a', 'USE b'] }],
  [
    'the statements of both',
    '-- migrate:up\nUSE a;\n-- migrate:down\nUSE b;\n',
    { ...empty, up: ['USE a'], down: ['USE b'] },
  ],
  [
    'a down of nothing',
    '-- migrate:up\nUSE a;\n-- migrate:down',
    { ...empty, up: ['USE a'], down: [] },
  ],
  [
    'everything at the top',
    '\uFEFF-- Prices\n-- description:  in cents: at last \r\n-- Destructive: TRUE\r\n\r\n--MIGRATE:Up  \r\nUSE a',
    { description: 'in cents: at last', destructive: true, up: ['USE a'], down: undefined },
  ],
  [
    'markers in strings, bodies and comments as what they are',
    `-- migrate:up\nUSE '\n-- migrate:down\n';USE $$\n-- migrate:down\n$$; /*\n-- migrate:down\n*/ USE a -- migrate:down\n;`,
    { ...empty, up: [`USE '\n-- migrate:down\n'`, 'USE $$\n-- migrate:down\n$$', 'USE a'] },
  ],
  [
    'comments',
    '-- migrate:up\n-- description: of a\n-- migrate a\n// up; down\nUSE a; -- b',
    { ...empty, up: ['USE a'] },
  ],
])('reads %s', (_, script, parsed) => {
  expect(parseScript(script)).toEqual(parsed)
})

const misspelt = (text: string) =>
  `'${text}' is not a marker; begin a line with -- migrate:up or -- migrate:down, and write nothing after it`

it.each([
  [
    'USE a;\n-- migrate:up',
    'line 1: a statement is above -- migrate:up; write that line above the first statement',
  ],
  [
    '-- a\r\n;',
    'line 2: a statement is above -- migrate:up; write that line above the first statement',
  ],
  ['\n-- migrate:down\nUSE a', 'line 2: write -- migrate:up first'],
  ['-- migrate:up\r\n-- migrate:up', 'line 2: the script has -- migrate:up already'],
  [
    '-- migrate:up\r-- migrate:down\r-- migrate:down',
    'line 3: the script has -- migrate:down already',
  ],
  ['-- migrate:undo', `line 1: ${misspelt('migrate:undo')}`],
  ['-- Migrate: up', `line 1: ${misspelt('Migrate: up')}`],
  ['-- migrat:up', `line 1: ${misspelt('migrat:up')}`],
  ['-- migrate:pu', `line 1: ${misspelt('migrate:pu')}`],
  ['--migrate up', `line 1: ${misspelt('migrate up')}`],
  ['-- migration:down', `line 1: ${misspelt('migration:down')}`],
  ['// migrate:up', `line 1: ${misspelt('migrate:up')}`],
  ['  -- migrate:up', `line 1: ${misspelt('migrate:up')}`],
  ['-- migrate:up transaction:false', `line 1: ${misspelt('migrate:up transaction:false')}`],
  ['-- destructive: yes', 'line 1: destructive must be true or false'],
  ['-- description:', 'line 1: description needs a text'],
  ['-- destructve: true', `line 1: 'destructve' is not known; did you mean 'destructive'?`],
  ['-- description: a\n-- description: b', 'line 2: the script has -- description: already'],
  [
    '-- migrate:up\n-- destructive: true\nTRUNCATE a',
    'line 2: write -- destructive: true above -- migrate:up',
  ],
  [`-- migrate:up\nUSE 'a`, `line 2: a string begins here that no ' closes`],
  ['-- migrate:up\nUSE\n"a', 'line 3: a name begins here that no " closes'],
  ['-- migrate:up\nUSE $$ a', 'line 2: a body begins here that no $$ closes'],
  ['/* a', 'line 1: a comment begins here that no */ closes'],
])('refuses %j', (script, message) => {
  expect(() => parseScript(script)).toThrow(message)
})
