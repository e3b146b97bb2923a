import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readSshHosts, type SshConfigLimits } from '../../../src/targets/sshHosts.ts';

const limits: SshConfigLimits = { depth: 16, files: 100, bytes: 1_000_000, entries: 1000 };

describe('The hosts of a user’s ssh configuration', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'kext-dev-home-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(home, name)), { recursive: true });
      await writeFile(join(home, name), text);
    }
  }

  async function names(told = limits): Promise<string[]> {
    return (await readSshHosts(home, told)).hosts.map(({ name }) => name);
  }

  it('are none where there is no configuration, and that is no problem', async () => {
    assert.deepEqual(await readSshHosts(home), { hosts: [], problems: [] });
  });

  it('are those that it names, each once, with what is said first', async () => {
    await write({ '.ssh/config': 'Host mini\n User dev\nHost mini lab\n User other\n HostName 10.0.0.7\n' });
    assert.deepEqual(await readSshHosts(home), {
      hosts: [
        { name: 'mini', hostName: '10.0.0.7', user: 'dev' },
        { name: 'lab', hostName: '10.0.0.7', user: 'other' },
      ],
      problems: [],
    });
  });

  it('are none that ssh:HOST does not take', async () => {
    await write({ '.ssh/config': 'Host -oProxyCommand=x "a b" $(id) a;b ok [::1]:22 \u202ea\n' });
    assert.deepEqual(await names(), ['ok']);
  });

  it('come from included files, too: relative, in the home folder, absolute, and by wildcards', async () => {
    await write({
      '.ssh/config': `Include one more/*.conf ~/elsewhere/two ${join(home, 'absolute')} not-there */none\nHost last\n`,
      '.ssh/one': 'Host one\n',
      '.ssh/more/b.conf': 'Host b\n',
      '.ssh/more/a.conf': 'Host a\n',
      '.ssh/more/.hidden.conf': 'Host hidden\n',
      '.ssh/more/c.txt': 'Host c\n',
      'elsewhere/two': 'Host two\n',
      absolute: 'Host three\n',
    });
    assert.deepEqual(await readSshHosts(home).then(({ problems }) => problems), []);
    assert.deepEqual(await names(), ['one', 'a', 'b', 'two', 'three', 'last']);
  });

  it('that are included under a Host line are those that fit it', async () => {
    await write({ '.ssh/config': 'Host lab-*\n Include labs\n', '.ssh/labs': 'Host lab-1 mini\n' });
    assert.deepEqual(await names(), ['lab-1']);
  });

  it('of files that include one another come to an end, with a word', async () => {
    await write({ '.ssh/config': 'Host a\nInclude config config\n' });
    const { hosts, problems } = await readSshHosts(home);
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ['a'],
    );
    assert.ok(problems.length > 0);
    assert.deepEqual(await names({ ...limits, depth: 2 }), ['a']);
  });

  it('of too many files, or too long ones, are those that are read by then', async () => {
    const files = Array.from({ length: 9 }, (_, at) => [`.ssh/c/${at}`, `Host h${at}\n`] as const);
    await write({ '.ssh/config': 'Include c/*\n', ...Object.fromEntries(files) });
    assert.deepEqual(await names({ ...limits, files: 4 }), ['h0', 'h1']);
    assert.deepEqual(await names({ ...limits, entries: 3 }), ['h0', 'h1', 'h2']);
    const { hosts, problems } = await readSshHosts(home, { ...limits, bytes: 12 + 8 + 8 + 3 });
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ['h0', 'h1'],
    );
    assert.match(
      problems.join('; '),
      /^~\/\.ssh\/c\/2 was not read to its end: there is too much of it; not all files/,
    );
  });

  it('are none of what is no file, which is said and never waited for', async () => {
    await mkdir(join(home, '.ssh', 'config'), { recursive: true });
    const { hosts, problems } = await readSshHosts(home);
    assert.deepEqual([hosts, problems.length], [[], 1]);
    assert.match(problems[0] ?? '', /^~\/\.ssh\/config could not be read \(.+\)$/);
    await rm(join(home, '.ssh', 'config'), { recursive: true });
    execFileSync('mkfifo', [join(home, '.ssh', 'config')]);
    assert.deepEqual((await readSshHosts(home)).problems, ['~/.ssh/config could not be read (it is no file)']);
  });

  it('are none where a link leads nowhere or round', async () => {
    await mkdir(join(home, '.ssh'));
    await symlink('config', join(home, '.ssh', 'config'));
    assert.deepEqual((await readSshHosts(home)).problems, ['~/.ssh/config could not be read (ELOOP)']);
  });
});
