import * as vscode from 'vscode';
import type { SourcePosition } from '../../model/sourcePosition.ts';

/** VS Code counts from 0. Without an end the range is empty, and VS Code marks the word at the place. */
export function sourceRange({ line, column, endColumn }: SourcePosition): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, (endColumn ?? column) - 1);
}
