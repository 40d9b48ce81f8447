import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ServerStartError } from './server-start-error'

const run = promisify(execFile)

function pom(version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>coodie.testing</groupId>
  <artifactId>cassandra</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.cassandra</groupId>
      <artifactId>cassandra-all</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'coodie')
}

function jarsFolder(version: string): string {
  return join(cacheFolder(), `cassandra-${version}`)
}

/** Returns whether the jars are in the cache, so that Maven is not needed. */
export function hasJars(version: string): boolean {
  return existsSync(jarsFolder(version))
}

/**
 * Returns the folder with Cassandra's jars. Maven fetches them the first time, and they stay in the user's cache. The
 * folder is filled under another name first, so that two processes can do it at the same time.
 */
export async function cassandraJars(version: string): Promise<string> {
  const cache = cacheFolder()
  const jars = jarsFolder(version)
  if (hasJars(version)) return jars
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'fetching-'))
  try {
    await writeFile(join(folder, 'pom.xml'), pom(version))
    await run(
      'mvn',
      [
        '-B',
        '-q',
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${join(folder, 'jars')}`,
      ],
      { cwd: folder, maxBuffer: 1 << 26 },
    ).catch((error: Error & { stdout?: string }) => {
      throw new ServerStartError(
        `Maven could not fetch Cassandra ${version}: ${(error.stdout ?? error.message).slice(0, 2000)}`,
        { cause: error },
      )
    })
    await rename(join(folder, 'jars'), jars).catch((error: unknown) => {
      // Another process was faster, and its jars are the same.
      if (!hasJars(version)) throw error
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return jars
}
