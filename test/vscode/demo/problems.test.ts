import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  languages,
  Range,
  type Uri,
  Uri as uris,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { until } from '../../support/until.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const fileIn = (name: string) => uris.file(join(folder, name));
const source = fileIn('WinchMotor.cpp');
const header = fileIn('WinchMotor.hpp');
const plist = fileIn('Info.plist');

function problemsIn(file: Uri): Diagnostic[] {
  return languages.getDiagnostics(file).filter(({ source: from }) => from?.startsWith('kext') ?? false);
}

async function theProblemIn(file: Uri, expected: RegExp): Promise<Diagnostic> {
  const isIt = ({ message }: Diagnostic) => expected.test(message);
  const all = await until(
    `a Problem like ${expected}`,
    () => problemsIn(file),
    seen => seen.some(isIt),
  );
  return all.find(isIt) ?? assert.fail();
}

async function noProblemsIn(...files: Uri[]): Promise<void> {
  await until(
    'no Problems',
    () => files.flatMap(problemsIn),
    all => all.length === 0,
  );
}

async function lightBulb(file: Uri, { range }: Diagnostic): Promise<CodeAction[]> {
  await workspace.openTextDocument(file);
  return commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', file, range);
}

async function textAt(file: Uri, range: Range): Promise<string> {
  return (await workspace.openTextDocument(file)).getText(range);
}

/** The link of a Problem's code: to which page, and whether that page is there. */
async function pageOf({ code }: Diagnostic): Promise<string> {
  if (typeof code !== 'object') return assert.fail(`the code is ${code}`);
  const text = await readFile(code.target.fsPath, 'utf8');
  assert.equal(text.split('\n')[0], `# ${code.value}`);
  return code.target.path.split('/').slice(-3).join('/');
}

describe('Problems of a build', () => {
  const twice = 'static int knots;\nstatic float knots;\n';
  let whole: string;

  before(async () => {
    whole = await readFile(source.fsPath, 'utf8');
    await writeFile(source.fsPath, `${whole}${twice}`);
    await commands.executeCommand('kext.build');
  });

  after(() => writeFile(source.fsPath, whole));

  it('stand on what the compiler means, with its notes beside them, and lead to their page', async () => {
    const problem = await theProblemIn(source, /redefinition of 'knots'/);
    assert.equal(await textAt(source, problem.range), 'knots');
    const [note] = problem.relatedInformation ?? [];
    assert.match(note?.message ?? '', /previous definition/);
    assert.equal(note?.location.range.start.line, problem.range.start.line - 1);
    assert.equal(await pageOf(problem), 'media/causes/buildError.md');
  });

  it('are not shown beside the same words of a language server, and come back without them', async () => {
    const { range, message } = await theProblemIn(source, /redefinition/);
    const server = languages.createDiagnosticCollection('server');
    const text = message.charAt(0).toUpperCase() + message.slice(1).split('\n')[0];
    server.set(source, [{ range, message: text, severity: 0, source: 'clang' }]);
    await noProblemsIn(source);
    server.clear();
    await theProblemIn(source, /redefinition/);
    server.dispose();
  });

  it('go on edit', async () => {
    await theProblemIn(source, /redefinition/);
    const document = await workspace.openTextDocument(source);
    const edit = new WorkspaceEdit();
    edit.replace(source, new Range(document.positionAt(0), document.positionAt(Number.MAX_SAFE_INTEGER)), whole);
    await workspace.applyEdit(edit);
    await noProblemsIn(source);
    await document.save();
  });
});

describe('Problems of a refused unload', () => {
  let leaked: Diagnostic;
  let refused: Diagnostic;

  before(async () => {
    await commands.executeCommand('kext.reload');
    await commands.executeCommand('kext.simulated.exercise');
    await commands.executeCommand('kext.unload');
    leaked = await theProblemIn(header, /leaked/);
    refused = await theProblemIn(plist, /terminated but still loaded/);
  });

  it('stand on the name of the class and on the identifier, and lead to their pages', async () => {
    assert.equal(await textAt(header, leaked.range), 'WinchMotor');
    assert.match(await textAt(plist, refused.range), /CFBundleIdentifier/);
    assert.deepEqual(
      [await pageOf(leaked), await pageOf(refused)],
      ['media/causes/leaked.md', 'media/causes/refused.md'],
    );
  });

  it('lead from the refusal to the class that is the reason', () => {
    const [place] = refused.relatedInformation ?? [];
    assert.deepEqual([place?.message, place?.location.uri.fsPath], ['WinchMotor is leaked', header.fsPath]);
  });

  it('offer the next step by the light bulb', async () => {
    const offered = async (file: Uri, problem: Diagnostic) =>
      (await lightBulb(file, problem)).map(({ title }) => title).filter(title => !/Copilot|AI/.test(title));
    assert.deepEqual(await offered(header, leaked), [
      'Simulated Mac: Restart',
      'Show WinchMotor in Loaded Kexts',
      'Copy Autopsy',
      'Explain: leaked',
    ]);
    assert.deepEqual(await offered(plist, refused), ['Simulated Mac: Restart', 'Copy Autopsy', 'Explain: refused']);
  });

  it('stay over a build and an edit', async () => {
    await commands.executeCommand('kext.build');
    const document = await workspace.openTextDocument(header);
    const edit = new WorkspaceEdit();
    edit.insert(header, document.positionAt(document.getText().length), '\n');
    await workspace.applyEdit(edit);
    await document.save();
    await theProblemIn(header, /leaked/);
    await theProblemIn(plist, /terminated but still loaded/);
  });

  it('go with their class where its header changes on the disk', async () => {
    const text = await readFile(header.fsPath, 'utf8');
    const { line } = (await theProblemIn(header, /leaked/)).range.start;
    const isAt = (expected: number) =>
      until(
        `the Problem in line ${expected + 1}`,
        async () => (await theProblemIn(header, /leaked/)).range.start.line,
        seen => seen === expected,
      );
    await writeFile(header.fsPath, `\n\n\n\n\n${text}`);
    await isAt(line + 5);
    await writeFile(header.fsPath, text);
    await isAt(line);
  });

  it('go with the restart that the light bulb runs', async () => {
    const [restart] = await lightBulb(header, await theProblemIn(header, /leaked/));
    assert.ok(restart?.command);
    await commands.executeCommand(restart.command.command, ...(restart.command.arguments ?? []));
    await noProblemsIn(header, plist);
  });
});
