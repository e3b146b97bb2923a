import { randomBytes } from 'node:crypto';
import { access, chmod, constants, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { lives, removeUnfinished, unfinishedName } from '../simulator/unfinished.ts';
import type { AnswerOnTheWay } from './scriptShell.ts';

/** Lets ssh put its questions to us. */
export interface Askpass {
  /** What ssh needs in its environment to find the program that asks. No secret is in it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Nobody is asked any more. */
  close(): void;
}

/**
 * Has ssh ask by a program (ssh(1), SSH_ASKPASS), which hands the question to `answer` over a socket in `folder`, a folder of the user's alone, and prints
 * what comes back. Where no answer comes that ssh ends. Rejects where nothing can be written there, or run.
 */
export async function openAskpass(folder: string, answer: AnswerOnTheWay): Promise<Askpass> {
  const asking = await asksBy(folder);
  await removeLeft(folder);
  const socket = join(folder, `q${process.pid}x${randomBytes(3).toString('hex')}`);
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, each => {
    open.add(each);
    each.on('close', () => open.delete(each));
    each.on('error', () => each.destroy());
    void text(each)
      .then(asked => answered(asked, answer))
      .then(given => each.end(given === undefined ? '' : JSON.stringify(given)))
      .catch(() => each.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  server.unref();
  return {
    environment: { ...asking, KEXT_DEV_ASKPASS_NODE: process.execPath, KEXT_DEV_ASKPASS_SOCKET: socket },
    close: () => {
      server.close();
      for (const each of open) each.destroy();
    },
  };
}

/**
 * What has an ssh that would ask end instead. A ProxyJump knows nothing of BatchMode: it would ask at the terminal or by a program of the
 * user's, and where nobody answers, try to get in with an empty password. Rejects where nothing can be written in the folder.
 */
export async function asksNobody(folder: string): Promise<Askpass['environment']> {
  return { ...(await asksBy(folder)), KEXT_DEV_ASKPASS_SOCKET: '' };
}

async function asksBy(folder: string): Promise<Askpass['environment']> {
  const program = join(folder, 'askpass');
  await place(`${program}.mjs`, asks, 0o600);
  await place(program, runsIt, 0o700);
  // A file system may run nothing.
  await access(program, constants.X_OK);
  return {
    SSH_ASKPASS: program,
    // Also where there is a terminal.
    SSH_ASKPASS_REQUIRE: 'force',
    // ssh before 8.4 asks by a program only where it believes that there is a screen.
    DISPLAY: process.env.DISPLAY || 'none',
  };
}

/** `text`: the number of the process of ssh, a blank, and its question; who says something else asks nothing. */
async function answered(text: string, answer: AnswerOnTheWay): Promise<string | undefined> {
  const [, asker, question] = /^(\d+) (.+)$/s.exec(text) ?? [];
  return asker === undefined || question === undefined ? undefined : answer({ question, asker });
}

/** What a program that was killed has left: the name of a socket has its process. */
async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(/^q(\d+)x/.exec(name)?.[1]);
    if (pid > 0 && !lives(pid)) await rm(join(folder, name), { force: true });
  }
  await removeUnfinished(folder);
}

/** Another window may do the same at this moment: the file is there as a whole, or not at all. */
async function place(file: string, content: string, mode: number): Promise<void> {
  const made = unfinishedName(`${file}.${randomBytes(4).toString('hex')}`);
  await writeFile(made, content, { mode });
  // The user's umask may have taken some of it.
  await chmod(made, mode);
  await rename(made, file);
}

/**
 * ssh asks for a touch of a key with a prompt that wants no answer, and whether it may do something with one that wants a yes: it gets none. Where
 * no answer comes it would go on with an empty one: it ends, and nothing that took its number. VS Code's own program is a Node where it is told so.
 */
const runsIt = `#!/bin/sh
case $SSH_ASKPASS_PROMPT in
none) exit 0 ;;
?*) exit 1 ;;
esac
[ -n "$KEXT_DEV_ASKPASS_SOCKET" ] && ELECTRON_RUN_AS_NODE=1 "$KEXT_DEV_ASKPASS_NODE" "$0.mjs" "$PPID" "$1" && exit
case $(ps -o comm= -p "$PPID") in ssh | */ssh) kill "$PPID" ;; esac
exit 1
`;

const asks = `
import { connect } from 'node:net';
const [asker, question] = process.argv.slice(2);
const socket = connect(process.env.KEXT_DEV_ASKPASS_SOCKET);
// An ssh that is gone reads no answer, and whoever is asked is let go.
setInterval(() => {
  try {
    process.kill(Number(asker), 0);
  } catch {
    process.exit(1);
  }
}, 500).unref();
for (const each of [socket.setEncoding('utf8'), process.stdout]) each.on('error', () => process.exit(1));
socket.end(asker + ' ' + question);
const answer = (await socket.toArray()).join('');
if (answer === '') process.exit(1);
process.stdout.write(JSON.parse(answer) + '\\n');
`;
