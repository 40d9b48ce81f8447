import { join } from 'node:path'

/** Addresses, ports and limits of a node. */
export interface NodeSettings {
  /** The version of Cassandra: `5.0.6`. */
  readonly version: string
  readonly address: string
  readonly seed: string
  readonly nativePort: number
  readonly storagePort: number
  readonly jmxPort: number
  readonly dir: string
  readonly hasAuthentication: boolean
  /** The heap in megabytes. */
  readonly heap: number
  readonly isAlone: boolean
  /** Set to true if `dir` stays, so that writes must survive even a killed node. */
  readonly isKept: boolean
  /** Set to true to switch on what Cassandra has off: views, SASI, functions, masking. */
  readonly hasOptionalFeatures: boolean
}

/** Returns the cassandra.yaml of a small node. */
export function cassandraYaml(node: NodeSettings): string {
  const folder = (name: string) => JSON.stringify(join(node.dir, name))
  const lines = [
    'cluster_name: coodie',
    'num_tokens: 1',
    'allocate_tokens_for_local_replication_factor: 1',
    'partitioner: org.apache.cassandra.dht.Murmur3Partitioner',
    // With batch, a write is on the disk before it is acknowledged.
    ...(node.isKept
      ? ['commitlog_sync: batch']
      : ['commitlog_sync: periodic', 'commitlog_sync_period: 10000ms']),
    'seed_provider:',
    '  - class_name: org.apache.cassandra.locator.SimpleSeedProvider',
    '    parameters:',
    `      - seeds: "${node.seed}:${node.storagePort}"`,
    `listen_address: ${node.address}`,
    `rpc_address: ${node.address}`,
    `native_transport_port: ${node.nativePort}`,
    `storage_port: ${node.storagePort}`,
    'endpoint_snitch: SimpleSnitch',
    `data_file_directories: [${folder('data')}]`,
    `commitlog_directory: ${folder('commitlog')}`,
    `hints_directory: ${folder('hints')}`,
    `saved_caches_directory: ${folder('caches')}`,
    `cdc_raw_directory: ${folder('cdc')}`,
    'auto_snapshot: false',
    'concurrent_reads: 8',
    'concurrent_writes: 8',
    'memtable_heap_space: 64MiB',
    'memtable_offheap_space: 64MiB',
    'key_cache_size: 0MiB',
    'file_cache_size: 32MiB',
    'networking_cache_size: 16MiB',
    'commitlog_total_space: 128MiB',
    'commitlog_segment_size: 8MiB',
  ]
  if (majorOf(node) >= 5) {
    lines.push('storage_compatibility_mode: NONE')
  }
  if (node.hasOptionalFeatures) {
    lines.push(
      'materialized_views_enabled: true',
      'user_defined_functions_enabled: true',
      'sasi_indexes_enabled: true',
    )
    if (majorOf(node) >= 5) lines.push('dynamic_data_masking_enabled: true')
  }
  if (node.hasAuthentication) {
    lines.push(
      'authenticator: PasswordAuthenticator',
      'authorizer: CassandraAuthorizer',
      'role_manager: CassandraRoleManager',
    )
  }
  return `${lines.join('\n')}\n`
}

/** Returns the logback.xml that writes all messages into one file. */
export function logbackXml({ dir }: NodeSettings): string {
  return `<configuration>
  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
    <file>${join(dir, 'system.log')}</file>
    <encoder><pattern>%-5level %date{ISO8601} %F:%L - %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="FILE" /></root>
</configuration>
`
}

function majorOf({ version }: NodeSettings): number {
  return Number.parseInt(version, 10)
}

const exported = [
  'java.base/jdk.internal.misc',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi',
  'java.rmi/sun.rmi.registry',
  'java.rmi/sun.rmi.server',
  'java.sql/java.sql',
  'java.base/java.lang.ref',
  'jdk.unsupported/sun.misc',
  'jdk.compiler/com.sun.tools.javac.file',
]

const opened = [
  ...[
    'java.lang.module',
    'jdk.internal.loader',
    'jdk.internal.ref',
    'jdk.internal.reflect',
    'jdk.internal.math',
    'jdk.internal.module',
    'jdk.internal.util.jar',
    'sun.nio.ch',
    'java.io',
    'java.nio',
    'java.util',
    'java.util.concurrent',
    'java.util.concurrent.atomic',
    'java.lang',
    'java.lang.reflect',
    'java.net',
  ].map((name) => `java.base/${name}`),
  'jdk.management/com.sun.management.internal',
  'java.rmi/sun.rmi.transport.tcp',
]

/** The library with which Cassandra 4 measures its objects; under Java 17 it must run as an agent. */
const meter = /^jamm-[\d.]+\.jar$/u

/** Returns the arguments of java; `names` are the files in the folder `jars`. */
export function javaArguments(
  node: NodeSettings,
  jars: string,
  names: readonly string[],
): readonly string[] {
  const { dir, heap } = node
  const agent = majorOf(node) < 5 ? names.find((name) => meter.test(name)) : undefined
  return [
    ...(agent === undefined ? [] : [`-javaagent:${join(jars, agent)}`]),
    `-Xms${heap}m`,
    `-Xmx${heap}m`,
    '-Xss256k',
    '-XX:+UseSerialGC',
    '-XX:+PerfDisableSharedMem',
    '-XX:TieredStopAtLevel=4',
    '-Djdk.attach.allowAttachSelf=true',
    '-Djava.net.preferIPv4Stack=true',
    ...exported.map((name) => `--add-exports=${name}=ALL-UNNAMED`),
    ...opened.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    `-Dcassandra.config=file://${join(dir, 'cassandra.yaml')}`,
    `-Dlogback.configurationFile=file://${join(dir, 'logback.xml')}`,
    `-Dcassandra.storagedir=${dir}`,
    `-Dcassandra.logdir=${dir}`,
    '-Dcassandra-foreground=yes',
    `-Dcassandra.jmx.local.port=${node.jmxPort}`,
    '-Dcassandra.skip_wait_for_gossip_to_settle=0',
    '-Dcassandra.superuser_setup_delay_ms=0',
    `-Dcassandra.ring_delay_ms=${node.isAlone ? 0 : 1000}`,
    // Creates tables faster; a killed node forgets them.
    ...(node.isKept ? [] : ['-Dcassandra.unsafesystem=true']),
    '-cp',
    join(jars, '*'),
    'org.apache.cassandra.service.CassandraDaemon',
  ]
}
