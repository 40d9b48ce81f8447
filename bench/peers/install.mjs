// Makes the virtual environment of the contenders in Python, once: bench/.venv
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const [venv, wanted, installed] = ['../.venv', 'requirements.txt', '../.venv/installed.txt'].map(
  path,
)
const requirements = readFileSync(wanted, 'utf8')

if (!existsSync(installed) || readFileSync(installed, 'utf8') !== requirements) {
  const run = (file, ...args) => execFileSync(file, args, { stdio: 'inherit' })
  run(process.env.PYTHON ?? 'python3.11', '-m', 'venv', venv)
  run(`${venv}/bin/pip`, 'install', '--quiet', '--disable-pip-version-check', '-r', wanted)
  writeFileSync(installed, requirements)
}
