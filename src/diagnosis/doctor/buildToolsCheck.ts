import { missingTool } from '../../tools/missingTool.ts';
import type { ExaminedProject, ExaminedTarget, HostAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { unknownFinding } from './unknownFinding.ts';

/** What the Simulated Mac and the drivers for it are built with. */
const ofSimulatedMac = ['clang++', 'lld', 'make'] as const;

/** This machine can build the kext. */
export function buildToolsCheck(
  { simulated }: ExaminedTarget,
  { programs, clang, xcodebuild }: HostAnswers,
  project: ExaminedProject | undefined,
): DoctorFinding {
  if (programs.answer === undefined)
    return unknownFinding('build tools', programs, 'what a kext is built with is not known', 'this machine');
  const found = programs.answer;
  const own = project?.buildCommand[0] ?? 'make';
  // A path is judged by the build.
  const asked = [...new Set([own, ...(simulated ? ofSimulatedMac : ['clang'])])].filter(isPlainName);
  const missing = asked.filter(name => !found.has(name));
  const versions = [clang, xcodebuild].flatMap(({ answer }) => answer ?? []);
  const about = {
    check: 'build tools',
    of: 'this machine',
    asked: [programs, clang, ...(xcodebuild.failed === 'missing' ? [] : [xcodebuild])]
      .map(({ command }) => command)
      .join('; '),
    evidence: [...programs.said, ...versions],
  } as const;
  if (missing.length > 0)
    return {
      ...about,
      // A machine that only edits need not build.
      verdict: simulated || project !== undefined ? 'problem' : 'warning',
      says: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing on this machine: no kext can be built here.`,
      fix: missing.map(missingTool).join(' '),
    };
  if (own === 'xcodebuild' && xcodebuild.answer === undefined)
    return unknownFinding('build tools', xcodebuild, 'whether it can build is not known', 'this machine');
  return {
    ...about,
    verdict: 'good',
    says: `${asked.join(', ') || own} ${asked.length === 1 ? 'is' : 'are'} there${versions.length === 0 ? '' : `: ${versions.join(', ')}`}.`,
    fix: undefined,
  };
}

/** What this machine is asked for; `builder`: what the project is built with. */
export function hostPrograms(builder: string | undefined): readonly string[] {
  const own = builder !== undefined && isPlainName(builder) ? [builder] : [];
  return [...new Set(['make', 'clang', 'clang++', 'lld', 'xcodebuild', 'ssh', ...own])];
}

/** It can be asked about, and is found on the PATH. */
function isPlainName(program: string): boolean {
  return /^[A-Za-z0-9_][\w.+-]*$/.test(program);
}
