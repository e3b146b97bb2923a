/**
 * The Node that VS Code's extension host is, from the VS Code that brought it. 1.90 and 1.101 by their release notes (Electron 29 and 35); the
 * About box of 1.122 says 22.22.1 and that of 1.124 says 24.15.0. No code-server on npm runs on another major than the one that stands here for its VS Code.
 */
const nodesOfVscode = [
  { vscode: '1.90', node: '20.9.0' },
  { vscode: '1.101', node: '22.15.1' },
  { vscode: '1.124', node: '24.15.0' },
] as const;

/** The first Node of the major that this VS Code has; undefined for one that is older than the table. */
export function nodeOfVscode(version: string): string | undefined {
  return nodesOfVscode.findLast(({ vscode }) => isAtLeast(version, vscode))?.node;
}

/** `1.101`: the lowest VS Code whose Node is at least each of these. Undefined where the table knows none. */
export function lowestVscodeFor(nodes: readonly string[]): string | undefined {
  return nodesOfVscode.find(({ node }) => nodes.every(needed => isAtLeast(node, needed)))?.vscode;
}

/** Whether a version of up to three numbers is another one or higher. */
export function isAtLeast(version: string, other: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(other)];
  const differing = left.findIndex((number, index) => number !== right[index]);
  return differing < 0 || (left[differing] ?? 0) > (right[differing] ?? 0);
}

/** `24` of `24.15.0`. */
export function majorOf(version: string): number {
  return numbersOf(version)[0];
}

function numbersOf(version: string): [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}
