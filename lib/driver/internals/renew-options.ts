import { type ClientOptions, type ExecutionProfile, policies } from 'cassandra-driver'

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
