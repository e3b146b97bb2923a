/** Where ssh is to go, as the user names it: an alias of the ssh configuration, a host name or an address, perhaps `user@` before it. */
export interface SshHost {
  readonly host: string;
}

/** No host name is longer than 253 characters, and no user's than 32. */
const longest = 300;

/** Letters, digits and what stands between them in a name or an address, so that neither ssh nor a proxy's shell reads more into it. */
const name = /^(?:[\p{L}\p{N}_][\p{L}\p{M}\p{N}._+-]*@)?[\p{L}\p{N}_:][\p{L}\p{M}\p{N}._:-]*$/u;

/** The host in a target's id, `ssh:mini`; undefined where it is no target over SSH, `problem` where it names no host. */
export function sshHostNamed(targetId: string): SshHost | { readonly problem: string } | undefined {
  if (!targetId.startsWith('ssh:')) return undefined;
  const host = targetId.slice('ssh:'.length);
  if (host.length <= longest && name.test(host)) return { host };
  const shown = host.length > 60 ? `${host.slice(0, 60)}…` : host;
  const problem =
    'ssh:HOST takes a name of your ssh configuration, a host name or an address, as ssh:mini or ssh:dev@10.0.0.7 ' +
    `(ports and all else stand in the configuration); this is none: ${JSON.stringify(shown)}`;
  return { problem };
}
