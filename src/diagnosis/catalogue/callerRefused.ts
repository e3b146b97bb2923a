import { loadTemplates as said } from '../../tools/kext/loadText.ts';
import { kextstatFailureTemplates as kextstat } from '../../tools/kextstat.ts';
import { kmutilTemplates as kmutil } from '../../tools/messages/kmutilTemplates.ts';
import { sudoTemplates as sudo } from '../../tools/messages/sudoTemplates.ts';
import { type CatalogueRow, environment, templatesOf } from './catalogueRow.ts';

/** Refusals that are about the call and not about the kext: by sudo(8) and by kextutil(8). */
export const callerRefusedRows: readonly CatalogueRow[] = [
  {
    id: 'sudo.refused',
    component: 'sudo',
    patterns: templatesOf(sudo, 'sudoRefused'),
    severity: 'error',
    cause: 'The tool was not run: sudo got no password, a wrong one, or this user may not use it.',
    remedy: 'Run it in a terminal and type the password, or let an administrator allow the tool in sudoers.',
    anchor: environment,
    example: 'sudo: a password is required',
    problem: 'notPrivileged',
  },
  {
    id: 'loadTools.optionsWrong',
    component: 'kextutil',
    patterns: [...templatesOf(said, 'optionsWrong'), ...templatesOf(kextstat, 'optionsWrong')],
    severity: 'error',
    cause: 'The options of the call do not go together, or name something that is not there.',
    remedy: 'Check them against man kextutil; without -arch and -k it takes the running kernel.',
    anchor: environment,
    example: 'Specified architecture i386 does not match running kernel architecture x86_64.',
  },
  {
    id: 'loadTools.optionUnknown',
    component: 'kextload',
    patterns: [...templatesOf(said, 'optionUnknown'), ...templatesOf(kmutil, 'optionUnknown')],
    severity: 'error',
    cause: 'The tool does not know an option of the call, or misses what belongs to it, so it did nothing.',
    remedy: 'Check the options against the manual page; for tests and options of development take kextutil.',
    anchor: environment,
    example: 'Use kextutil(8) for development loading of kexts.',
  },
  {
    id: 'loadTools.usage',
    component: 'any program',
    patterns: ['usage: {call}', 'Usage: kmutil {call}'],
    severity: 'information',
    cause: 'The tool says how it is called, since an option was wrong or missing, or since it was asked for that.',
    remedy:
      'Nothing after -help. Otherwise compare the call with it: the line before names the option, and nothing was done.',
    anchor: environment,
    example: 'usage: kextload [options] [--] [kext] ...',
  },
  {
    id: 'loadTools.answerUnread',
    component: 'kextutil',
    patterns: templatesOf(said, 'answerUnread'),
    severity: 'error',
    cause: 'kextutil asked a question, and there was nobody to answer it.',
    remedy: 'Call it in a terminal, or without -i, -I and -A.',
    anchor: environment,
    example: "Error: couldn't read response.",
  },
];
