import * as vscode from 'vscode';
import type { DoctorSubject } from '../../operations/examineTarget.ts';
import { unlinked } from '../unlinked.ts';
import type { DoctorParts } from './doctor.ts';
import { chooseTarget } from './selectTarget.ts';

/** What is to be examined: the target and the kext that are worked with, else a target that is chosen; undefined for none. */
export async function chooseExamined({ session, world }: DoctorParts): Promise<DoctorSubject | undefined> {
  await session.refresh();
  const { operation } = session;
  if (operation !== undefined) return { target: operation.target, host: world.host, project: operation.project };
  const id = await chooseTarget(session, world, {
    title: vscode.l10n.t('Doctor'),
    placeHolder: vscode.l10n.t('The Mac that is to be looked at'),
  });
  if (id === undefined) return undefined;
  const target = await world.readTarget(id);
  if (!('problem' in target)) return { target, host: world.host };
  void vscode.window.showErrorMessage(unlinked(target.problem));
  return undefined;
}
