import { bareText } from '../../lib/cql/bare-text'

it.each([
  [`SELECT a FROM t WHERE b = 'x?' AND c = ?`, `SELECT a FROM t WHERE b =   AND c = ?`],
  [`UPDATE t SET a = 'it''s IF ?' WHERE b = 1`, 'UPDATE t SET a =   WHERE b = 1'],
  ['SELECT "if ""?""" FROM t', 'SELECT   FROM t'],
  [`SELECT $$it's ?$$ FROM t`, 'SELECT   FROM t'],
  ['SELECT a -- why ?\nFROM t // and ?', 'SELECT a  \nFROM t  '],
  ['/* a ?\n */ SELECT a', '  SELECT a'],
  [`SELECT '--' , ? -- '`, `SELECT   , ?  `],
])('leaves out what is quoted and commented: %s', (text, bare) => {
  expect(bareText(text)).toBe(bare)
})
