// Refuses a dependency of users, optional peers included, whose license is not one of these.
import { readFileSync } from 'node:fs'

const accepted = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'])

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev)

/** Every part of `A AND B` must be accepted, and one of `A OR B`. */
const isAccepted = (license = 'none') =>
  license
    .replaceAll(/[()]/gu, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((name) => accepted.has(name)))

const refused = installed.filter(([, { license }]) => !isAccepted(license))
for (const [path, { version, license }] of refused) {
  console.error(`${path} ${version}: ${license ?? 'no license'}`)
}
console.log(`${installed.length} packages, ${refused.length} with a license that is not accepted`)
process.exitCode = refused.length === 0 ? 0 : 1
