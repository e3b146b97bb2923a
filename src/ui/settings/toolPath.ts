import * as vscode from 'vscode';
import { toolPathAmong } from './toolsSetting.ts';

/** Where `kext.tools` has a program of this machine; undefined where it says nothing of it. Throws where what it says is no path. */
export function toolPath(tool: string): string | undefined {
  return toolPathAmong(vscode.workspace.getConfiguration('kext').get<unknown>('tools'), tool);
}
