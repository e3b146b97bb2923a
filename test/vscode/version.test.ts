import assert from 'node:assert/strict';
import { extensions, version } from 'vscode';
import { isAtLeast, majorOf, nodeOfVscode } from '../support/vscodeNodes.ts';

describe('the VS Code that these tests run in', () => {
  it('is one that the manifest allows', () => {
    const allowed: string = extensions.getExtension('kext-dev.kext-dev')?.packageJSON.engines.vscode;
    assert.ok(isAtLeast(version, allowed.replace('^', '')), `${version} is below ${allowed}`);
  });

  it('has the Node that its desktop has', () => {
    assert.equal(majorOf(process.versions.node), majorOf(nodeOfVscode(version) ?? ''), `Node of VS Code ${version}`);
  });
});
