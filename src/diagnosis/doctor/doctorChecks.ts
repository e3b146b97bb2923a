import { architectureCheck } from './architectureCheck.ts';
import { bootArgumentsCheck, keepsymsCheck } from './bootArgumentsCheck.ts';
import { bootPolicyCheck } from './bootPolicyCheck.ts';
import { buildToolsCheck } from './buildToolsCheck.ts';
import { clockCheck } from './clockCheck.ts';
import { consentCheck } from './consentCheck.ts';
import { debugKitCheck } from './debugKitCheck.ts';
import { diskCheck } from './diskCheck.ts';
import type { DoctorFacts } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { integrityCheck } from './integrityCheck.ts';
import { notReachedFinding, sshCheck } from './sshCheck.ts';
import { sudoCheck } from './sudoCheck.ts';
import { systemCheck } from './systemCheck.ts';
import { toolsCheck } from './toolsCheck.ts';

/** Every check, in the order in which one thing needs the other. */
export function doctorFindings({ target, answers, host, connection, project }: DoctorFacts): readonly DoctorFinding[] {
  const here = buildToolsCheck(target, host, project);
  if ('notReached' in answers) return [notReachedFinding(target, answers.notReached), here];
  return [
    ...(connection === undefined ? [] : [sshCheck(target, host, connection)]),
    systemCheck(answers),
    toolsCheck(answers),
    ...(project === undefined ? [] : [architectureCheck(target, answers, project)]),
    integrityCheck(answers),
    bootPolicyCheck(answers),
    consentCheck(target, answers),
    sudoCheck(answers),
    diskCheck(answers),
    clockCheck(target, answers),
    keepsymsCheck(target, answers),
    ...bootArgumentsCheck(answers),
    debugKitCheck(target, answers, host),
    here,
  ];
}
