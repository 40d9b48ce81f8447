import { type Client, type ClientOptions, type ExecutionProfile, policies } from 'cassandra-driver'
import { optionsOf } from './client-members'

type LoadBalancingPolicy = policies.loadBalancing.LoadBalancingPolicy

/** The fields in which policies of the driver keep hosts of the client that they last served. */
const hostCaches: ReadonlySet<string> = new Set([
  'localHostsArray',
  '_filteredHosts',
  '_preferredHost',
])

/**
 * Returns options for a new client, although another client was made of them before. A client writes its own policy into
 * the profiles that it is given, and adds a profile to their array; a policy remembers the hosts of its last client and
 * would offer these, which are closed.
 */
export function renewOptions(options: ClientOptions): ClientOptions {
  const profiles = options.profiles?.map(copyProfile)
  for (const policy of [
    options.policies?.loadBalancing,
    ...(profiles ?? []).map(({ loadBalancing }) => loadBalancing),
  ]) {
    forgetHosts(policy)
  }
  return profiles === undefined ? options : { ...options, profiles }
}

/**
 * Returns the options of a client for a second one beside it, in another keyspace. Policies of the driver are copied,
 * because a policy serves one client; a custom one cannot be copied and is left out. So is the request tracker, which a
 * client shuts down with itself.
 */
export function copyOptions(client: Client, keyspace: string): ClientOptions {
  const { requestTracker: _, profiles: given, ...options } = optionsOf(client) ?? {}
  const { loadBalancing, ...others } = options.policies ?? {}
  const profiles = given?.map((profile) => {
    const copy = copyProfile(profile)
    // A client gives its own policy to profiles without one.
    const own = profile.loadBalancing === loadBalancing ? undefined : profile.loadBalancing
    return Object.assign(copy, { loadBalancing: copyPolicy(own) })
  })
  const balancing = copyPolicy(loadBalancing)
  return {
    ...options,
    keyspace,
    policies: { ...others, ...(balancing === undefined ? {} : { loadBalancing: balancing }) },
    ...(profiles === undefined ? {} : { profiles }),
  }
}

const ownPolicies: ReadonlySet<unknown> = new Set(Object.values(policies.loadBalancing))

/** Returns a copy of a policy of the driver, with copies of those inside it; undefined if one of them is another one. */
function copyPolicy(policy: LoadBalancingPolicy | undefined): LoadBalancingPolicy | undefined {
  if (policy === undefined || !ownPolicies.has(policy.constructor)) return undefined
  const copy = Object.create(Object.getPrototypeOf(policy) as object) as LoadBalancingPolicy
  for (const [name, value] of Object.entries(policy) as [string, unknown][]) {
    const isPolicy = value instanceof policies.loadBalancing.LoadBalancingPolicy
    const inner = isPolicy ? copyPolicy(value) : value
    if (isPolicy && inner === undefined) return undefined
    Object.assign(copy, { [name]: hostCaches.has(name) ? null : inner })
  }
  return copy
}

function copyProfile(profile: ExecutionProfile): ExecutionProfile {
  const copy = Object.create(Object.getPrototypeOf(profile) as object) as ExecutionProfile
  return Object.assign(copy, profile)
}

/** Clears what a policy, and each one inside it, remembers of hosts. A field that is not there is left so. */
function forgetHosts(policy: LoadBalancingPolicy | undefined): void {
  if (!(policy instanceof policies.loadBalancing.LoadBalancingPolicy)) return
  const fields = policy as unknown as Record<string, unknown>
  for (const [name, value] of Object.entries(fields)) {
    if (hostCaches.has(name)) fields[name] = null
    else forgetHosts(value as LoadBalancingPolicy | undefined)
  }
}
