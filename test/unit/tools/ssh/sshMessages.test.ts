import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { notAnswered, type SshProblem, sshFailure, sshQuestion } from '../../../../src/tools/ssh/sshMessages.ts';

const changed = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Offending ED25519 key in /Users/dev/my hosts:3
Host key for [mini]:2222 has changed and you have requested strict checking.
Host key verification failed.
`;

const cases: readonly (readonly [said: string, SshProblem, message: RegExp])[] = [
  [
    changed,
    'hostKeyChanged',
    /\(\/Users\/dev\/my hosts, line 3\).* ssh-keygen -R '\[mini\]:2222' -f '\/Users\/dev\/my hosts', then run ssh mini/,
  ],
  ['Host key verification failed.\r\n', 'hostKeyUnknown', /not known here, so nothing was sent: run ssh mini once/],
  [
    'No ED25519 host key is known for mini and you have requested strict checking.\n',
    'hostKeyUnknown',
    /not known here/,
  ],
  ['ssh: Could not resolve hostname mini: Name or service not known\r\n', 'unknownHost', /^No host is called mini/],
  ['ssh: Could not resolve hostname mini: nodename nor servname provided, or not known\n', 'unknownHost', /^No host/],
  [
    'dev@mini: Permission denied (publickey,password).\r\n',
    'authenticationRefused',
    /\(dev@mini: Permission denied \(publickey,password\)\)/,
  ],
  [
    'Received disconnect from 10.0.0.7 port 22:2: Too many authentication failures\n',
    'authenticationRefused',
    /^mini did not let you in/,
  ],
  ['ssh: connect to host mini port 22: Connection refused\r\n', 'connectionRefused', /turn on Remote Login/],
  ['ssh: connect to host mini port 22: Operation timed out\n', 'noAnswer', /^mini does not answer \(connect to host/],
  ['ssh: connect to host mini port 22: No route to host\n', 'noAnswer', /is it on, awake/],
  [
    '/Users/dev/.ssh/config: line 3: Bad configuration option: frob\n/Users/dev/.ssh/config: terminating, 1 bad configuration options\n',
    'badConfiguration',
    /frob\.$/,
  ],
  [
    'Bad owner or permissions on /Users/dev/.ssh/config\r\n',
    'badConfiguration',
    /^ssh does not take its configuration: Bad owner/,
  ],
  [
    'kex_exchange_identification: Connection closed by remote host\r\nConnection closed by 10.0.0.7 port 22\r\n',
    'connectionLost',
    /broke before anything was asked \(kex_.*\)\. .*\(ProxyJump\).* run ssh mini once/,
  ],
  ['client_loop: send disconnect: Broken pipe\r\n', 'connectionLost', /Broken pipe/],
  [
    'This account is currently not available.\n',
    'other',
    /^ssh could not run a command on mini: This account is currently not available\.$/,
  ],
  ['', 'other', /it said nothing/],
];

describe('What ssh says of a host that it could not reach', () => {
  for (const [said, problem, message] of cases)
    it(`${JSON.stringify(said.trim().split('\n').at(-1))} is ${problem}`, () => {
      const failure = sshFailure('mini', said);
      assert.equal(failure.problem, problem);
      assert.match(failure.message, message);
      assert.doesNotMatch(failure.message, /[\r\n]/);
    });

  it('is one line, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), said => {
        const { message } = sshFailure('mini', said);
        assert.ok(message !== '' && !/\p{Cc}/u.test(message), message);
      }),
    );
  });

  it('has no link that VS Code would follow, and turns no line round', () => {
    const { message } = sshFailure('mini', 'Bye [now](command:kext.reload) \u202eneve\n');
    assert.equal(message, 'ssh could not run a command on mini: Bye [now] (command:kext.reload)  neve.');
  });
});

describe('What ssh asks', () => {
  it('is one line, whatever a server wrote into it: no link, nothing for a terminal', () => {
    assert.equal(sshQuestion("Enter passphrase for key '/k': "), "Enter passphrase for key '/k'");
    const hostile = '(dev@mini) \u001b[2J[Log in](command:kext.reload)\r\n\u202eCode: ';
    assert.equal(sshQuestion(hostile), '(dev@mini)  [2J[Log in] (command:kext.reload) Code');
  });

  it('is told by how it begins and how it ends where it is long', () => {
    const long = sshQuestion(`(dev@mini) ${'x'.repeat(10_000)}\nVerification code: `);
    assert.match(long, /^\(dev@mini\) x+ … x+ Verification code$/);
    assert.ok(long.length < 310);
  });

  it('of a key that is not known is a failure that says whose', () => {
    const asked =
      "The authenticity of host 'jump (10.0.0.5)' can't be established.\nED25519 key fingerprint is SHA256:x.\n" +
      'Are you sure you want to continue connecting (yes/no/[fingerprint])? ';
    const { problem, message } = notAnswered('mini', asked);
    assert.equal(problem, 'hostKeyUnknown');
    assert.match(message, /^The host key of jump, on the way to mini, is not known here, .*: run ssh mini once/);
  });
});
