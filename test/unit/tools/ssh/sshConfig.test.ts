import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  fitsHostPatterns,
  fitsPattern,
  parseSshConfig,
  type SshConfigHost,
} from '../../../../src/tools/ssh/sshConfig.ts';

/** The hosts as `name hostName user`, `-` for what is absent; an Include as its paths and the patterns above it. */
function told(text: string): string[] {
  return parseSshConfig(text).map(part =>
    part.kind === 'host'
      ? [part.host.name, part.host.hostName ?? '-', part.host.user ?? '-'].join(' ')
      : `Include ${part.paths.join(' ')} within ${part.within.join(' ')}`,
  );
}

describe('An ssh configuration', () => {
  it('names hosts, each with its address and user', () => {
    const text = `# my Macs
Host mini
  HostName 10.0.0.7
  User dev

Host test-mac
\tHostName test-mac.local
`;
    assert.deepEqual(told(text), ['mini 10.0.0.7 dev', 'test-mac test-mac.local -']);
  });

  it('names several in one line; patterns and what is negated are no names', () => {
    assert.deepEqual(told('Host a b *.lab lab-? !c d\n User dev\n'), ['a - dev', 'b - dev', 'd - dev']);
    assert.deepEqual(told('Host *\n User dev\n'), []);
  });

  it('says what it says first; %h is the name itself', () => {
    assert.deepEqual(told('Host a\n User one\n User two\n HostName %h.lab.example\n HostName other\n'), [
      'a a.lab.example one',
    ]);
    assert.deepEqual(told('Host a\n HostName 50%%.example\n'), ['a 50%.example -']);
  });

  for (const [how, text] of Object.entries({
    'with equals signs': 'Host=a\nHostName = 10.0.0.7\nUser=dev\n',
    'in another case': 'HOST a\nhostname 10.0.0.7\nuSeR dev\n',
    'in quotes': 'Host "a"\nHostName "10.0.0.7"\nUser \'dev\'\n',
    'with comments behind them': 'Host a # the one below the desk\nHostName 10.0.0.7 # fixed\nUser dev #\n',
    'with the line ends of Windows': 'Host a\r\nHostName 10.0.0.7\r\nUser dev\r\n',
    'with blanks around them': '  Host   a  \n\t\tHostName\t10.0.0.7\t\n  User  dev',
  }))
    it(`is read ${how}`, () => assert.deepEqual(told(text), ['a 10.0.0.7 dev']));

  it('has words in quotes, and quotes in words', () => {
    assert.deepEqual(told('Host "two words" a\\ b c\\"d \'e"f\' g\n'), [
      'two words - -',
      'a b - -',
      'c"d - -',
      'e"f - -',
      'g - -',
    ]);
  });

  it('passes over what stands under a Match, but for one that holds always', () => {
    assert.deepEqual(told('Host a\nMatch host a exec "true"\n User dev\n Include x\nHost b\n'), ['a - -', 'b - -']);
    assert.deepEqual(told('Host a\nMatch all\n Include x\n'), ['a - -', 'Include x within *']);
  });

  it('includes files, for the hosts under whose line it does', () => {
    assert.deepEqual(told('Include a b/*.conf "c d"\nHost lab-* !lab-9\n Include e\n'), [
      'Include a b/*.conf c d within *',
      'Include e within lab-* !lab-9',
    ]);
  });

  it('is read whatever it is', () => {
    const line = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('Host', 'Match', 'Include', 'HostName', 'User', 'Port'), fc.string())
        .map(all => all.join(' ')),
    );
    fc.assert(
      fc.property(fc.array(line), lines => {
        for (const part of parseSshConfig(lines.join('\n')))
          if (part.kind === 'host') assert.doesNotMatch(part.host.name, /[*?!]|^$/);
      }),
    );
  });

  it('that was written down is read back', () => {
    const word = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
    const host = fc
      .record({ name: word, hostName: word, user: word })
      .filter(({ name, hostName }) => name !== hostName);
    const written = ({ name, hostName = '', user = '' }: SshConfigHost) =>
      `Host ${name}\n  HostName ${hostName}\n  User "${user}"\n`;
    fc.assert(
      fc.property(fc.array(host), hosts => {
        const read = parseSshConfig(hosts.map(written).join('# and\n'));
        const told = read.map(part => (part.kind === 'host' ? { ...part.host } : part));
        assert.deepEqual(
          told,
          hosts.map(each => ({ ...each })),
        );
      }),
    );
  });
});

describe('A pattern of an ssh configuration', () => {
  it('is fitted by a whole name', () => {
    for (const [name, pattern] of [
      ['mini', 'mini'],
      ['mini', '*'],
      ['', '*'],
      ['mini', 'm?ni'],
      ['mini.lab', '*.lab'],
      ['a.b.lab', 'a*b*lab'],
      ['aab', '*ab'],
    ] as const)
      assert.ok(fitsPattern(name, pattern), `${name} ${pattern}`);
    for (const [name, pattern] of [
      ['mini', 'min'],
      ['min', 'mini'],
      ['mini', 'm?i'],
      ['mini.lab', '*.la'],
      ['', '?'],
    ] as const)
      assert.ok(!fitsPattern(name, pattern), `${name} ${pattern}`);
  });

  it('is one of a list, in which a negated one has the last word', () => {
    assert.ok(fitsHostPatterns('lab-1', ['mini', 'lab-*']));
    assert.ok(!fitsHostPatterns('lab-9', ['lab-*', '!lab-9']));
    assert.ok(!fitsHostPatterns('lab-1', ['!lab-9']));
    assert.ok(!fitsHostPatterns('lab-1', []));
  });

  it('means what a regular expression of it does', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '.')).map(all => all.join(''));
    const pattern = fc.array(fc.constantFrom('a', 'b', '.', '*', '?')).map(all => all.join(''));
    fc.assert(
      fc.property(letters, pattern, (text, written) => {
        const expression = written.replace(/[*?.]/g, sign => ({ '*': '.*', '?': '.', '.': '\\.' })[sign] ?? '');
        assert.equal(fitsPattern(text, written), new RegExp(`^${expression}$`).test(text));
      }),
    );
  });
});
