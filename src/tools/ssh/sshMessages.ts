/**
 * ssh(1), what it says on standard error where it could not do as it was told. Accepted:
 *   ssh: Could not resolve hostname mini: Name or service not known
 *   @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
 *   Offending ED25519 key in /Users/dev/.ssh/known_hosts:3
 *   Host key for [mini]:2222 has changed and you have requested strict checking.
 *   Host key verification failed.
 *   dev@mini: Permission denied (publickey,password).
 *   kex_exchange_identification: Connection closed by remote host
 *   ssh: connect to host mini port 22: Connection refused
 *   ssh: connect to host mini port 22: Operation timed out
 *   /Users/dev/.ssh/config: terminating, 1 bad configuration options
 */

/** Why ssh could not reach a host, or lost it. */
export type SshProblem =
  | 'unknownHost'
  | 'hostKeyUnknown'
  | 'hostKeyChanged'
  | 'authenticationRefused'
  | 'notAnswered'
  | 'connectionRefused'
  | 'noAnswer'
  | 'badConfiguration'
  | 'connectionLost'
  | 'other';

/** What happened, and what to do; `message` is one line. */
export interface SshFailure {
  readonly problem: SshProblem;
  readonly message: string;
}

interface Known {
  readonly problem: SshProblem;
  readonly pattern: RegExp;
  readonly tell: (host: string, said: string, line: string) => string;
}

/** The first that fits is meant: what ssh says first is the cause of the rest. */
const known: readonly Known[] = [
  {
    problem: 'badConfiguration',
    pattern: /^.*(?:bad configuration option|Bad owner or permissions on|no argument after keyword).*$/im,
    tell: (_host, _said, line) => `ssh does not take its configuration: ${line}.`,
  },
  {
    problem: 'unknownHost',
    pattern: /^.*Could not resolve hostname.*$/m,
    tell: host => `No host is called ${host}: check the name, or give it a Host entry in your ssh configuration.`,
  },
  {
    problem: 'hostKeyChanged',
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|^Host key for .* has changed/m,
    tell: keyChanged,
  },
  {
    problem: 'hostKeyUnknown',
    pattern: /^Host key verification failed\.|^No .* host key is known for/m,
    tell: host =>
      `The host key of ${host} is not known here, so nothing was sent: run ssh ${host} once in a terminal, compare the fingerprint that it shows with the Mac's, and say yes. Where it asks nothing, your ssh configuration takes any key (StrictHostKeyChecking): let it ask.`,
  },
  {
    problem: 'authenticationRefused',
    pattern: /^.*(?:Permission denied|Too many authentication failures|No supported authentication methods).*$/m,
    tell: (host, _said, line) =>
      `${host} did not let you in (${line}): ssh-copy-id ${host} installs a key, ssh-add puts one into the agent; a password or passphrase that ssh wants is asked for when you refresh or start something yourself.`,
  },
  {
    problem: 'connectionRefused',
    pattern: /^.*Connection refused.*$/m,
    tell: (host, _said, line) =>
      `Nothing answers ssh on ${host} (${line}): turn on Remote Login there (System Settings, General, Sharing).`,
  },
  {
    problem: 'noAnswer',
    pattern: /^.*(?:timed out|No route to host|Network is unreachable|Host is down).*$/m,
    tell: (host, _said, line) => `${host} does not answer (${line}): is it on, awake, and on this network?`,
  },
  {
    problem: 'connectionLost',
    // What a proxy says itself, ssh throws away where it keeps a connection open.
    pattern: /^kex_exchange_identification: .*$/m,
    tell: (host, _said, line) =>
      `The connection to ${host} broke before anything was asked (${line}). Where your ssh configuration goes through a proxy (ProxyJump), that may want a password or have another host key: refresh, or run ssh ${host} once in a terminal, which says why.`,
  },
  {
    problem: 'connectionLost',
    pattern:
      /^.*(?:Connection (?:to .* )?(?:closed|reset)|closed by remote host|Broken pipe|not responding|lost connection).*$/m,
    tell: (host, _said, line) => `The connection to ${host} broke before anything was asked (${line}).`,
  },
];

/** What ssh meant by what it said; `host` as the user named it. */
export function sshFailure(host: string, said: string): SshFailure {
  for (const { problem, pattern, tell } of known) {
    const line = pattern.exec(said)?.[0];
    if (line !== undefined) return { problem, message: shown(tell(host, said, lastLine(line))) };
  }
  const last = lastLine(said);
  const nothing = `it said nothing. Where it had asked something, ${host} may not have waited for the answer (sshd's LoginGraceTime): start again, and answer sooner`;
  return {
    problem: 'other',
    message: shown(`ssh could not run a command on ${host}: ${last === '' ? nothing : last}.`),
  };
}

/** Whether a key is asked about that is not known: the user's own ssh asks that, in a terminal, where the fingerprint can be compared. */
export function asksAboutHostKey(question: string): boolean {
  return /continue connecting \(yes\/no|^Please type 'yes', 'no'/.test(question);
}

/** Whether a key of the user's own is to be unlocked, which may be wanted for several machines. */
export function asksForKey(question: string): boolean {
  return /^Enter (?:passphrase|PIN) for /.test(question);
}

/** ssh wanted to know something, and was told nothing. */
export function notAnswered(host: string, question: string): SshFailure {
  if (asksAboutHostKey(question)) {
    const [, way = 'a proxy'] = /^The authenticity of host '(\S{1,100}) /.exec(question) ?? [];
    return {
      problem: 'hostKeyUnknown',
      message: shown(
        `The host key of ${way}, on the way to ${host}, is not known here, so nothing was sent: run ssh ${host} once in a terminal, compare the fingerprint that it shows, and say yes.`,
      ),
    };
  }
  return {
    problem: 'notAnswered',
    message: `${host} was not reached: ssh asks "${sshQuestion(question)}", and no answer was given.`,
  };
}

/** What ssh asks, on one line and without the colon behind which an answer is typed; of a long one how it begins and how it ends. */
export function sshQuestion(asked: string): string {
  const question = shown(asked).replace(/:$/, '');
  return question.length <= 300 ? question : `${question.slice(0, 100)} … ${question.slice(-200)}`;
}

/** The last line with something in it, without its full stop and what a terminal would act on. */
export function lastLine(said: string): string {
  const last = said.trimEnd().split('\n').at(-1) ?? '';
  return shown(last.slice(-300))
    .replace(/^ssh: /, '')
    .replace(/\.$/, '');
}

/** What comes from afar has no say in how it is shown: a terminal does nothing at it, no line is turned round, and VS Code, which has links in its questions and notifications, commands too, sees none. */
function shown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .replaceAll('](', '] (')
    .trim();
}

/** Nobody but the user may say that the other key is right. */
function keyChanged(host: string, said: string): string {
  const [, file, line] = /^Offending .*key in (.+):(\d+)\s*$/m.exec(said) ?? [];
  const name = /^Host key for (\S+) has changed/m.exec(said)?.[1] ?? host;
  const quote = (text: string) => (/^[\w@+./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const place = file === undefined ? '' : ` (${file}, line ${line})`;
  const where = file === undefined ? '' : ` -f ${quote(file)}`;
  return (
    `The host key of ${host} is another than the one that is known${place}, so nothing was sent: it is another machine, a ` +
    `reinstalled one, or somebody between. Only where you know why: ssh-keygen -R ${quote(name)}${where}, then run ssh ${host} once in a terminal.`
  );
}
