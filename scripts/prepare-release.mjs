// Prepares the folder for `npm publish`: node scripts/prepare-release.mjs <owner>/<name> v<version>
// The address of the repository is known only where it is published from, so it is not in package.json. It is written
// there, and into the links of the README, which the page of the registry shows. Prints the notes of the version.
import { readFileSync, writeFileSync } from 'node:fs'

const [repository = '', tag = ''] = process.argv.slice(2)
const version = tag.replace(/^v/u, '')
if (!/^[\w.-]+\/[\w.-]+$/u.test(repository) || version === '') {
  throw new Error('pass the repository and the tag: prepare-release.mjs owner/name v1.2.3')
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
if (manifest.version !== version) {
  throw new Error(`the tag is ${tag}, but the version of package.json is ${manifest.version}`)
}

const changelog = readFileSync('CHANGELOG.md', 'utf8')
const sections = changelog.split(/^(?=## )/mu)
const notes = sections.find((section) => /^## \[?([\w.-]+)/u.exec(section)?.[1] === version)
if (notes === undefined) {
  throw new Error(
    `CHANGELOG.md has no section of ${version}: rename "## Unreleased" to "## ${version}"`,
  )
}

const home = `https://github.com/${repository}`
writeFileSync(
  'package.json',
  `${JSON.stringify(
    {
      ...manifest,
      repository: { type: 'git', url: `git+${home}.git` },
      homepage: `${home}#readme`,
      bugs: `${home}/issues`,
    },
    null,
    2,
  )}\n`,
)
const readme = readFileSync('README.md', 'utf8')
writeFileSync(
  'README.md',
  readme.replaceAll(/\]\((?!https?:|#)([^)]+)\)/gu, `](${home}/blob/${tag}/$1)`),
)
console.log(notes.slice(notes.indexOf('\n')).trim())
