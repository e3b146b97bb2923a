import { beginningWith } from './beginningWith.ts';
import type { ExaminedTarget, HostAnswers, SshConnection } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';

/** In ms: a refresh is a few round trips. */
const slow = 500;

/** How a Mac over SSH is reached. */
export function sshCheck(
  { called, id }: ExaminedTarget,
  { ssh }: HostAnswers,
  connection: SshConnection,
): DoctorFinding {
  const { roundTripMs, keptOpen } = connection;
  const about = {
    check: 'ssh',
    of: 'target',
    asked: `ssh ${id.slice('ssh:'.length)} true; ${ssh.command}`,
    evidence: [`round trip: ${roundTripMs} ms`, ...ssh.said],
  } as const;
  const program = ssh.answer === undefined ? 'an ssh of unknown version' : (ssh.answer.split(',')[0] ?? ssh.answer);
  const trip = `A round trip to ${called} takes ${roundTripMs} ms`;
  if (!keptOpen)
    return {
      ...about,
      verdict: 'warning',
      says: `${trip} with ${program}, and each one opens a connection of its own.`,
      fix: 'On Windows ssh cannot keep one open; elsewhere look whether the folder of its socket can be written, which the log names.',
    };
  if (roundTripMs > slow)
    return {
      ...about,
      verdict: 'warning',
      says: `${trip} with ${program}, over a connection that stays open: everything will be slow.`,
      fix: 'A wired network or a nearer test Mac helps.',
    };
  return {
    ...about,
    verdict: 'good',
    says: `${trip} with ${program}, over a connection that stays open.`,
    fix: undefined,
  };
}

/** The Mac could not be reached; `message` says why and what to do. */
export function notReachedFinding(target: ExaminedTarget, message: string): DoctorFinding {
  const { id } = target;
  const far = id.startsWith('ssh:');
  const host = id.slice('ssh:'.length);
  return {
    check: far ? 'ssh' : 'macOS',
    of: 'target',
    verdict: 'problem',
    says: `${beginningWith(target)} was not reached, so nothing else could be asked.`,
    asked: far ? `ssh ${host} true` : undefined,
    fix: far ? `Run \`ssh ${host}\` in a terminal until it gets in.` : undefined,
    evidence: message.split('\n'),
    step: 'showLog',
  };
}
