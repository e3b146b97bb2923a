import { readdir } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { localShell } from '../../src/targets/localShell.ts';
import { Passwords } from '../../src/targets/passwords.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { ScriptRunner } from '../../src/targets/scriptRunner.ts';
import type { HeldProcesses, ScriptShell } from '../../src/targets/scriptShell.ts';
import { sshControlPath } from '../../src/targets/sshControl.ts';
import { sshShell } from '../../src/targets/sshShell.ts';
import type { AskPassword, PasswordQuestion } from '../../src/tools/port/target.ts';
import type { ToolCommand } from '../../src/tools/port/toolCommand.ts';
import { ensureTools } from '../support/debianPackages.ts';
import { openSshServer, type SshServer } from '../support/sshServer.ts';
import { canMakeUsers, makeSudoUser, type SudoUser } from '../support/sudoUser.ts';
import { until } from '../support/until.ts';

/** sudo remembers nothing from one call to the next, so that each asks. */
export const asksEachTime = 'Defaults:USER timestamp_timeout=0';
export const allowed = 'USER ALL=(ALL) ALL';

export function asRoot(tool: string, argv: readonly string[], told: Partial<ToolCommand<undefined>> = {}) {
  return { tool, argv, asRoot: true, timeoutMs: 20_000, parse: () => undefined, ...told };
}

export const whoami = asRoot('id', ['-u']);

/** Answers with these, one after another, and keeps what it was asked. */
export function answering(
  ...answers: readonly (string | undefined)[]
): AskPassword & { readonly asked: PasswordQuestion[] } {
  const asked: PasswordQuestion[] = [];
  const ask = async (question: PasswordQuestion) => {
    asked.push(question);
    return answers[asked.length - 1];
  };
  return Object.assign(ask, { asked });
}

export interface Subject {
  readonly user: SudoUser;
  readonly called: string;
  readonly runner: ScriptRunner;
  readonly root: Passwords;
  /** Where its shells keep temporary files. */
  readonly temporary: string;
}

export type Test = readonly [name: string, test: (subject: Subject) => Promise<void>];

/** Runs as another user what is to run on this machine. */
function processesOf(user: SudoUser, temporary: string): HeldProcesses {
  const host = new ProcessRunner();
  return {
    runHeld: (command, signal, hold) => {
      const ids = ['--reuid', user.name, '--regid', user.name, '--clear-groups'];
      const argv = [...ids, 'env', `TMPDIR=${temporary}`, `HOME=${user.home}`, command.tool, ...command.argv];
      return host.runHeld({ ...command, tool: 'setpriv', argv }, signal, hold);
    },
  };
}

/** Each of the tests over SSH, and on this machine. */
export function describeRoot(what: string, tests: readonly Test[]): void {
  if (!canMakeUsers) {
    console.log(`${2 * tests.length} not run: need root`);
    return;
  }
  describe(what, { timeout: 180_000 }, () => {
    let server: SshServer;
    let user: SudoUser;
    before(async () => {
      await ensureTools(['sudo']);
      user = makeSudoUser();
      server = await openSshServer({ TMPDIR: user.home });
      await server.admit('macpro', user.name);
    });
    after(async () => {
      await server.remove();
      await user.remove();
    });
    afterEach(async () => {
      await until(
        'a tidy folder for temporary files',
        () => readdir(user.home),
        names => names.length === 0,
      );
    });

    function subject(shell: ScriptShell, processes: HeldProcesses): Subject {
      const root = new Passwords();
      return {
        user,
        called: shell.called,
        runner: new ScriptRunner(processes, shell, root),
        root,
        temporary: user.home,
      };
    }

    function overSsh(): Subject {
      Object.assign(process.env, server.environment);
      const controlPath = () => sshControlPath('macpro', process.env);
      return subject(sshShell({ host: 'macpro', controlPath }), new ProcessRunner());
    }

    for (const [name, test] of tests) {
      it(`over SSH ${name}`, () => test(overSsh()));
      it(`on this machine ${name}`, () => test(subject(localShell('this Mac'), processesOf(user, user.home))));
    }
  });
}
