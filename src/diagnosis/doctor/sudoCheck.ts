import { adminGroup } from '../../tools/id.ts';
import type { SudoCommand } from '../../tools/sudoRights.ts';
import type { TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { unknownFinding } from './unknownFinding.ts';

/** Whether the user may load and unload: both need root. */
export function sudoCheck({ sudo, groups }: TargetAnswers): DoctorFinding {
  const about = { check: 'sudo', of: 'target', asked: sudo.command, evidence: withoutNames(sudo.said) } as const;
  if (sudo.failed === 'missing')
    return {
      ...about,
      verdict: 'problem',
      says: 'There is no sudo: nothing can be loaded or unloaded as root.',
      fix: 'Log in there as root, or install sudo.',
    };
  if (sudo.answer === undefined) return unknownFinding('sudo', sudo, 'whether the user may become root is not known');
  const { answer } = sudo;
  switch (answer.kind) {
    case 'allowed':
      return { ...about, ...ofCommands(answer.commands) };
    case 'asksForPassword':
      return { ...about, ...asksForPassword(groups.answer) };
    case 'notInSudoers':
      return {
        ...about,
        verdict: 'problem',
        says: 'This user may not use sudo: nothing can be loaded or unloaded.',
        fix: 'Make the user an administrator in the settings of that Mac, or log in as another one.',
      };
    case 'wantsTerminal':
      return {
        ...about,
        verdict: 'warning',
        says: 'sudo wants a terminal (requiretty), and what runs from here has none.',
        fix: 'Run `sudo visudo` there, and take out the line `Defaults requiretty`.',
      };
  }
}

type Judged = Pick<DoctorFinding, 'verdict' | 'says' | 'fix'>;

function ofCommands(commands: readonly SudoCommand[]): Judged {
  const whole = commands.filter(({ command }) => command === 'ALL');
  if (whole.some(({ password }) => !password))
    return { verdict: 'good', says: 'sudo runs everything, and asks for no password.', fix: undefined };
  if (whole.length > 0)
    return { verdict: 'good', says: 'sudo runs everything, and may ask for a password.', fix: undefined };
  const named = commands.map(({ command }) => command).join(', ');
  return {
    verdict: 'warning',
    says: `sudo runs some commands only: ${named}.`,
    fix: 'Copying, loading and unloading need more: make the user an administrator of that Mac, or name those tools in its sudoers.',
  };
}

/** Without a password sudo does not say whether the user is in its file; macOS puts the group admin there. */
function asksForPassword(groups: readonly number[] | undefined): Judged {
  const asks = 'sudo asks for a password, and you are asked for it when root is needed';
  if (groups === undefined || groups.includes(adminGroup) || groups.includes(0))
    return { verdict: 'good', says: `${asks}.`, fix: undefined };
  return {
    verdict: 'warning',
    says: 'sudo asks for a password, but this user is no administrator, to whom macOS gives sudo.',
    fix: 'Run `sudo -l` in a terminal there: it says, once it has the password, whether the user may.',
  };
}

/** Whose they are is nothing to the verdict. */
function withoutNames(lines: readonly string[]): readonly string[] {
  return lines.map(line =>
    line
      .replace(/^(User|Sorry, user|Matching Defaults entries for) \S+ /, '$1 … ')
      .replace(/^\S+(?= is not in the sudoers file)/, '…')
      .replace(/ on \S+?(?=[:.]$)/, ' on …'),
  );
}
