import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Client, types } from 'cassandra-driver'
import { CassandraServer, type CassandraServerOptions, ServerStartError } from '../../lib/testing'
import { readUnderFire } from './read-a-ring'
import { scanRing } from './scan-a-ring'

const run = promisify(execFile)
const root = resolve(__dirname, '../..')
let folder: string

/** The launcher compiled, for processes of their own: what they find on PATH can be chosen for them. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coodie-testing-'))
  await run(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    join(folder, 'dist'),
  ])
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
}, 120_000)
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** A folder of commands that do what the shell scripts say, to be all that PATH has. */
async function commands(scripts: Readonly<Record<string, string>>): Promise<string> {
  const bin = await mkdtemp(join(folder, 'bin-'))
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(bin, name), 0o755)
  }
  return bin
}

/** Runs a script with the launcher in a process without a given cluster; gives what it prints. */
async function inProcess(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { CASSANDRA_CONTACT_POINTS: _, ...inherited } = process.env
  const code = `const { CassandraServer } = require('./dist/testing/index.js'); ${script}`
  const { stdout } = await run(process.execPath, ['-e', code], {
    cwd: folder,
    env: { ...inherited, ...env },
    timeout: 60_000,
  })
  return stdout.trim()
}

const message = (options: string, env: NodeJS.ProcessEnv) =>
  inProcess(
    `CassandraServer.start(${options}).then(
      (server) => server.stop().then(() => console.log('started')),
      (error) => console.log(error.name + ': ' + error.message))`,
    env,
  )

const java = (version: string) => `echo 'openjdk version "${version}"' >&2`

describe('without a cluster that is given', () => {
  const ways = (lacks: string) =>
    'ServerStartError: found no Cassandra to test with. Provide one of these:\n' +
    '  - CASSANDRA_CONTACT_POINTS=host:port in the environment, for a running cluster ' +
    '(with CASSANDRA_LOCAL_DATACENTER unless that is datacenter1)\n' +
    `  - Java 17 and Maven (${lacks})\n` +
    '  - Docker (no engine answers)'

  it.each<[string, Record<string, string>, string]>([
    ['nothing', {}, 'java was not found'],
    ['an old Java', { java: java('11.0.2'), mvn: '' }, 'the java that was found is version 11'],
    ['an older one', { java: java('1.8.0_1') }, 'the java that was found is version 1'],
    ['Java alone', { java: java('17.0.1') }, 'Java was found, but no mvn'],
    ['a dead Docker', { docker: 'exit 1' }, 'java was not found'],
  ])('names all three ways when there is %s', async (_, scripts, lacks) => {
    const env = { PATH: await commands(scripts), XDG_CACHE_HOME: join(folder, 'empty') }
    expect(await message('{}', env)).toBe(ways(lacks))
  })

  it('goes to Docker when there is no Java', async () => {
    const PATH = await commands({
      docker: `[ "$1" = info ] || { echo "$@" >> ${join(folder, 'docker.log')}; exit 1; }`,
    })
    expect(await message('{ nodes: 3 }', { PATH })).toBe(
      'ServerStartError: several nodes need Java 17 and Maven; Docker runs one node only',
    )
    await message('{ port: 9999, version: "4.1.3" }', { PATH })
    const log = readFileSync(join(folder, 'docker.log'), 'utf8')
    expect(log).toMatch(
      /^run --detach --rm --publish 127\.0\.0\.1:9999:9042 .* cassandra:4\.1\.3 /u,
    )
  })

  it('shows what Maven said when it fails', async () => {
    const PATH = await commands({
      java: java('17.0.1'),
      mvn: `[ "$1" = -v ] || { echo '[ERROR] Could not resolve'; exit 1; }`,
    })
    const XDG_CACHE_HOME = join(folder, 'offline')
    expect(await message('{}', { PATH, XDG_CACHE_HOME })).toBe(
      'ServerStartError: Maven could not fetch Cassandra 5.0.6: [ERROR] Could not resolve',
    )
    expect(await readdir(join(XDG_CACHE_HOME, 'coodie'))).toEqual([])
  })

  it('shows the end of the log when the process ends early', async () => {
    const XDG_CACHE_HOME = join(folder, 'broken')
    await mkdir(join(XDG_CACHE_HOME, 'coodie/cassandra-5.0.6'), { recursive: true })
    const PATH = await commands({
      java: `[ "$1" = -version ] && { ${java('17.0.1')}; exit 0; }; echo 'ERROR the reason'; n=0; while [ $n -lt 100 ]; do n=$((n+1)); echo "line $n"; done; exit 3`,
    })
    expect(await message('{}', { PATH, XDG_CACHE_HOME })).toMatch(
      /^ServerStartError: Cassandra ended while it was starting\. The end of its log:\nERROR the reason\nline 81\n(?:line \d+\n)+line 100$/u,
    )
  })
})

describe('a cluster that is given', () => {
  const given = String(process.env['CASSANDRA_CONTACT_POINTS'])

  it('is used, and not stopped', async () => {
    const server = await CassandraServer.start()
    expect(server.contactPoints).toEqual(given.split(','))
    expect(server.port).toBe(Number(given.split(',')[0]?.split(':')[1]))
    await server.stop()
    await (await CassandraServer.start()).stop()
    await expect(server.kill()).rejects.toThrow(
      'node 0 was not started here, so it cannot be killed, paused or restarted',
    )
  })

  it.each([
    ['is not there', { CASSANDRA_CONTACT_POINTS: '127.0.0.1:1' }, 'ECONNREFUSED'],
    [
      'has another data center',
      { CASSANDRA_CONTACT_POINTS: given, CASSANDRA_LOCAL_DATACENTER: 'dc9' },
      'only found hosts in data centers: [',
    ],
  ])('is named when it %s', async (_, env, reason) => {
    const said = await message('{}', env)
    expect(said).toContain(
      `ServerStartError: the cluster of CASSANDRA_CONTACT_POINTS (${env.CASSANDRA_CONTACT_POINTS}) cannot be used`,
    )
    expect(said).toContain(reason)
  })
})

describe('the jars', () => {
  it('are fetched into an empty cache, by two at the same time, and not again', async () => {
    const XDG_CACHE_HOME = join(folder, 'cache')
    const log = join(folder, 'mvn.log')
    const mvn = `
      echo "$@" >> ${log}
      for each in "$@"; do case "$each" in -DoutputDirectory=*) out="\${each#*=}";; esac; done
      grep -q '<version>5.0.6</version>' pom.xml && mkdir "$out" && touch "$out/cassandra-all-5.0.6.jar"`
    const PATH = `${await commands({ mvn })}:/usr/bin:/bin`
    const script = `
      const { cassandraJars } = require('./dist/testing/maven-jars.js')
      Promise.all([cassandraJars('5.0.6'), cassandraJars('5.0.6')])
        .then(async (found) => console.log(JSON.stringify([...found, await cassandraJars('5.0.6')])))`
    const found = JSON.parse(await inProcess(script, { XDG_CACHE_HOME, PATH })) as string[]
    const jars = join(XDG_CACHE_HOME, 'coodie/cassandra-5.0.6')
    expect(found).toEqual([jars, jars, jars])
    expect(await readdir(join(XDG_CACHE_HOME, 'coodie'))).toEqual(['cassandra-5.0.6'])
    expect(await readdir(jars)).toEqual(['cassandra-all-5.0.6.jar'])
    expect(readFileSync(log, 'utf8').trim().split('\n').length).toBe(2)
  })
})

/** Starts one here, whatever cluster the run was given. */
async function start(options: CassandraServerOptions = {}): Promise<CassandraServer> {
  const given = process.env['CASSANDRA_CONTACT_POINTS']
  delete process.env['CASSANDRA_CONTACT_POINTS']
  try {
    return await CassandraServer.start(options)
  } finally {
    process.env['CASSANDRA_CONTACT_POINTS'] = given
  }
}

async function withClient<T>(
  { contactPoints, localDataCenter }: CassandraServer,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ contactPoints, localDataCenter })
  try {
    return await work(client)
  } finally {
    await client.shutdown()
  }
}

/** The processes whose arguments name a folder. */
function processesOf(dir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`cassandra.storagedir=${dir}`)
      } catch {
        return false
      }
    })
    .map(Number)
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen within 30 seconds')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('one node', () => {
  it('keeps its data in dir over a restart, at the port that was asked for', async () => {
    const dir = join(folder, 'kept')
    const steps: string[] = []
    const first = await start({ dir, onProgress: (step) => void steps.push(step) })
    const { port } = first
    expect(first.contactPoints).toEqual([`127.0.0.1:${port}`])
    expect(first.credentials).toBeUndefined()
    expect(steps).toEqual(['fetching Cassandra 5.0.6', 'starting Cassandra'])
    await withClient(first, async (client) => {
      await client.execute(
        `CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
      )
      await client.execute('CREATE TABLE k.t (id int PRIMARY KEY)')
      await client.execute('INSERT INTO k.t (id) VALUES (1)')
    })
    await expect(start({ port })).rejects.toThrow(
      new ServerStartError(
        `port ${port} of 127.0.0.1 is in use; pass another one, or omit port to get a free one`,
      ),
    )
    await first.stop()
    await first.stop()
    expect(processesOf(dir)).toEqual([])
    const second = await start({ dir, port })
    try {
      expect(second.port).toBe(port)
      await withClient(second, async (client) => {
        expect((await client.execute('SELECT id FROM k.t')).rows.length).toBe(1)
      })
    } finally {
      await second.stop()
    }
    expect(existsSync(dir)).toBe(true)
  }, 240_000)

  it('refuses a port that something else listens on', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      await expect(start({ port })).rejects.toThrow(`port ${port} of 127.0.0.1 is in use`)
    } finally {
      other.close()
    }
  })

  it('goes away with the process that started it, and its folder with stop', async () => {
    const dir = join(folder, 'orphan')
    const script = `
      const { CassandraServer } = require('./dist/testing/index.js')
      CassandraServer.start({ dir: ${JSON.stringify(dir)} }).then(
        () => console.log('started'), (error) => console.log(String(error)))
      setInterval(() => {}, 1000)`
    const { CASSANDRA_CONTACT_POINTS: _, ...env } = process.env
    const child: ChildProcess = spawn(process.execPath, ['-e', script], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
    expect(said.toString().trim()).toBe('started')
    expect(processesOf(dir).length).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await until(() => processesOf(dir).length === 0)
  }, 120_000)
})

/** Until the other nodes notice that one is dead, a request may wait for it in vain. */
async function eventually<T>(request: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      return await request()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}

describe('three nodes', () => {
  it('form a ring that is scanned row by row, serves a quorum while one is dead, is read and written while one dies, and takes it back', async () => {
    const server = await start({ nodes: 3 })
    try {
      const { port } = server
      expect(server.contactPoints).toEqual([11, 12, 13].map((n) => `127.0.0.${n}:${port}`))
      await withClient(server, async (client) => {
        await client.connect()
        expect(client.hosts.length).toBe(3)
        await client.execute(
          `CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3}`,
        )
        await client.execute('CREATE TABLE k.t (id int PRIMARY KEY)')
        expect(await scanRing(server, client)).toEqual({ seen: 200_000, twice: 0 })
        await server.kill(2)
        const quorum = { consistency: types.consistencies.quorum, prepare: true }
        await eventually(() => client.execute('INSERT INTO k.t (id) VALUES (1)', [], quorum))
        const answer = await eventually(() => client.execute('SELECT id FROM k.t', [], quorum))
        expect(answer.rows.length).toBe(1)
        await server.restart(2)
      })
      const fire = await readUnderFire(server, 1)
      expect(fire).toMatchObject({ wrong: 0, undecoded: 0, speculative: true })
      expect(fire.errors.filter((error) => !error.startsWith('ExecutionError: '))).toEqual([])
      expect(Math.min(fire.reads, fire.writes)).toBeGreaterThan(50)
      const [, , third] = server.contactPoints
      const alone = new Client({
        contactPoints: [String(third)],
        localDataCenter: server.localDataCenter,
      })
      try {
        await alone.connect()
        expect(alone.hosts.length).toBe(3)
      } finally {
        await alone.shutdown()
      }
      await expect(server.kill(3)).rejects.toThrow(
        'node 3 was not started here, so it cannot be killed, paused or restarted',
      )
    } finally {
      await server.stop()
    }
  }, 600_000)
})
