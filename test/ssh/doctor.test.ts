import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type FarSimulatedMac, openFarSimulatedMac } from '../support/farSimulatedMac.ts';
import { readDemo } from '../support/renamedDemo.ts';
import type { SimulatedBench } from '../support/simulatedBench.ts';
import type { SshServer } from '../support/sshServer.ts';
import { kextDevJson } from '../support/terminal.ts';

interface Finding {
  readonly check: string;
  readonly verdict: string;
  readonly says: string;
  readonly evidence: readonly string[];
}

/** What a Mac's tools say whose shell is set up badly: few of them are on the PATH, and those that are speak for themselves. */
const badTools: Readonly<Record<string, string>> = {
  sw_vers: "printf 'ProductName:\\t\\tmacOS\\nProductVersion:\\t\\t14.5\\nBuildVersion:\\t\\t23F79\\n'",
  sysctl:
    'for name; do case $name in hw.machine) echo "hw.machine: arm64";; kern.bootargs) echo "kern.bootargs: debug=0x44";; ' +
    `*) echo "sysctl: unknown oid '$name'" >&2;; esac; done`,
  df: "printf 'Dateisystem 1K-Blöcke Benutzt Verfügbar Verw%% Eingehängt auf\\n/dev/disk1 100 60 40 60%% /\\n'",
  date: 'echo $(($(/bin/date -u +%s) + 3600))',
  csrutil: 'echo "Estado de la protección: activada."',
  sudo: 'echo "sudo: sorry, you must have a tty to run sudo" >&2; exit 1',
  system_profiler: `echo '{ "SPiBridgeDataType" : [ { "ibridge_secure_boot" : "Full Security", "ibridge_sb_other_kext" : "No" } ] }'`,
  nvram: 'sleep 600',
};

describe('A Mac behind ssh that is examined', { timeout: 180_000 }, () => {
  let far: FarSimulatedMac;
  let bench: SimulatedBench;
  let server: SshServer;
  before(async () => {
    far = await openFarSimulatedMac(await readDemo());
    ({ bench, server } = far);
  });
  after(() => far[Symbol.asyncDispose]());

  async function examine(...argv: readonly string[]) {
    const place = ['--target', 'ssh:mini', '--project', server.home, '--state', join(server.folder, 'state')];
    const { status, document, stderr } = await kextDevJson(['doctor', ...place, ...argv]);
    const findings = document.findings as readonly Finding[];
    return {
      status,
      stderr,
      findings,
      verdicts: Object.fromEntries(findings.map(({ check, verdict }) => [check, verdict])),
    };
  }

  const good = [
    'ssh',
    'macOS',
    'tools',
    'SIP',
    'boot policy',
    'kext consent',
    'sudo',
    'disk',
    'clock',
    'build tools',
  ] as const;
  const symbols = { keepsyms: 'warning', KDK: 'warning' };

  it('has a verdict for each thing, by the words of its own tools, and the demo’s build is looked at where it is named', async () => {
    const { status, stderr, findings, verdicts } = await examine();
    assert.deepEqual([status, stderr], [0, '']);
    // Its virtual clock was set when it started, a moment ago.
    assert.deepEqual(verdicts, { ...Object.fromEntries(good.map(check => [check, 'good'])), ...symbols });
    assert.match(findings.find(({ check }) => check === 'ssh')?.says ?? '', /takes \d+ ms with OpenSSH_.* stays open/);
    const withProject = await examine('--project', bench.project);
    assert.equal(withProject.verdicts.architecture, 'unknown');
    await bench.reload();
    assert.equal((await examine('--project', bench.project)).verdicts.architecture, 'good');
  });

  it('costs two starts of ssh on a connection that is open: the questions, and one that is timed', async () => {
    await examine();
    await server.takeStarts();
    await examine();
    // The third asks for ssh's own version.
    assert.equal(await server.takeStarts(), 3);
  });

  it('whose tools are missing, speak another language, hang, and whose clock is an hour off, is not guessed at', async () => {
    const folder = join(server.folder, 'bad tools');
    await mkdir(folder);
    for (const [name, script] of Object.entries(badTools)) {
      await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(folder, name), 0o755);
    }
    await server.closeConnections();
    await server.kill();
    await server.start({ variables: { PATH: `${folder}:/usr/bin:/bin` } });
    const { status, findings, verdicts } = await examine();
    assert.equal(status, 1);
    assert.deepEqual(verdicts, {
      ssh: 'good',
      macOS: 'good',
      tools: 'problem',
      SIP: 'unknown',
      'boot policy': 'problem',
      'kext consent': 'warning',
      sudo: 'warning',
      disk: 'unknown',
      clock: 'warning',
      keepsyms: 'warning',
      'boot arguments': 'warning',
      KDK: 'warning',
      'build tools': 'good',
    });
    const of = (check: string) => findings.find(found => found.check === check) ?? assert.fail(check);
    assert.match(of('clock').says, /(59|60) minutes ahead of this machine’s/);
    assert.match(of('tools').says, /^kmutil, ioclasscount, ioreg, log are missing\.$/);
    assert.ok(of('disk').evidence.some(line => line.includes('Eingehängt auf')));
    assert.ok(of('SIP').evidence.some(line => line.includes('protección')));
  });

  it('that cannot be reached is a problem with a way out, and the rest is not asked', async () => {
    await server.closeConnections();
    await server.kill();
    const { status, findings } = await examine();
    assert.equal(status, 3);
    assert.deepEqual(
      findings.map(({ check, verdict }) => [check, verdict]),
      [
        ['ssh', 'problem'],
        ['build tools', 'good'],
      ],
    );
    assert.ok((findings[0]?.evidence.join('') ?? '').length > 20);
  });
});
