import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { CataloguePage } from '../../diagnosis/catalogue/cataloguePage.ts';

/** The address of a page of the failure catalogue, with its heading; `failuresFolder`: where the extension has them. */
export function failurePage(failuresFolder: string, { file, anchor }: CataloguePage): vscode.Uri {
  return vscode.Uri.file(join(failuresFolder, basename(file))).with({ fragment: anchor });
}
