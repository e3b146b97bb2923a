import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { workspaceProjects } from '../../../src/bundle/xcodeWorkspace.ts';
import { xmlSoup } from './xmlSoup.ts';

const file = '/work/Sensors.xcworkspace/contents.xcworkspacedata';
const workspace = (...lines: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Workspace\n   version = "1.0">\n${lines.join('\n')}\n</Workspace>\n`;
const reference = (location: string) => `<FileRef\n      location = "${location}">\n   </FileRef>`;
const read = (...lines: readonly string[]) => workspaceProjects(workspace(...lines), file);

/** Of a text that is no workspace: what is wrong with it, and where. */
function problemOf(text: string): readonly [problem: string, line: number, column: number] {
  const projects = workspaceProjects(text, file);
  assert.ok('problem' in projects, JSON.stringify(projects));
  return [projects.problem, projects.position.line, projects.position.column];
}

describe('The projects of an Xcode workspace', () => {
  it('are what it refers to that is a project, in its order, each once', () => {
    const projects = read(
      reference('group:Turbine/Turbine.xcodeproj'),
      reference('group:README.md'),
      reference('container:Pump.xcodeproj/'),
      reference('group:./Turbine/../Turbine/Turbine.xcodeproj'),
      reference('absolute:/other/Valve.xcodeproj'),
      reference('group:Tom &amp; Söhne/Drum &lt;1&gt;.xcodeproj'),
    );
    assert.deepEqual(projects, [
      '/work/Turbine/Turbine.xcodeproj',
      '/work/Pump.xcodeproj',
      '/other/Valve.xcodeproj',
      '/work/Tom & Söhne/Drum <1>.xcodeproj',
    ]);
  });

  it('lie relative to the groups around them, where those have a place', () => {
    const projects = read(
      '<Group location = "container:Drivers" name = "Drivers">',
      reference('group:A.xcodeproj'),
      '<Group location = "group:Deep" name = "Deep">',
      reference('group:B.xcodeproj'),
      reference('container:C.xcodeproj'),
      '</Group>',
      '<Group name = "Nowhere of its own">',
      reference('group:D.xcodeproj'),
      '</Group>',
      '<Group location = "container:" name = "At the top">',
      reference('group:E.xcodeproj'),
      '</Group>',
      '</Group>',
    );
    const names = ['Drivers/A', 'Drivers/Deep/B', 'C', 'Drivers/D', 'E'];
    assert.deepEqual(
      projects,
      names.map(name => `/work/${name}.xcodeproj`),
    );
  });

  it('are none that lie in a place which Xcode alone knows, nor what stands in the workspace inside a project', () => {
    const lost = '<Group location = "developer:Library">';
    const projects = read(
      reference('self:'),
      reference('self:X.xcodeproj'),
      reference('developer:X.xcodeproj'),
      reference('absolute:X.xcodeproj'),
      reference('X.xcodeproj'),
      '<FileRef/>',
      lost,
      reference('group:X.xcodeproj'),
      reference('container:Y.xcodeproj'),
      '</Group>',
    );
    assert.deepEqual(projects, ['/work/Y.xcodeproj']);
  });

  it('are not to be had from another text: what it is and where it goes wrong is told', () => {
    assert.deepEqual(problemOf('{ a = b; }'), ['begins with "{ a = b; }"; expected the XML of a workspace', 1, 1]);
    assert.deepEqual(problemOf('<plist></plist>'), [
      'has <plist> as its outermost element; expected <Workspace>',
      1,
      1,
    ]);
    assert.deepEqual(problemOf('<Workspace>\n  <Group>\n</Workspace>\n'), [
      'is malformed: found </Workspace>; expected </Group> for the <Group> on line 2',
      3,
      1,
    ]);
  });

  it('are read from a text that is nested without end, and no entity grows in it', () => {
    const deep = '<Group location = "group:a">'.repeat(20_000);
    const inner = reference('container:Turbine.xcodeproj');
    assert.deepEqual(read(deep, inner, '</Group>'.repeat(20_000)), ['/work/Turbine.xcodeproj']);
    const grows = `<!DOCTYPE Workspace [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;&a;&a;">]>`;
    for (const text of [
      `${grows}<Workspace>${reference('group:&b;.xcodeproj')}</Workspace>`,
      `${grows}<Workspace>&b;</Workspace>`,
    ]) {
      const projects = workspaceProjects(text, file);
      assert.ok('problem' in projects || projects.join('').length < 500);
    }
  });

  it('come of any text without a throw', () => {
    const soup = xmlSoup(
      ...['<Workspace>', '</Workspace>', '<Group location = "', '<FileRef location="', '">', '"/>', '</Group>'],
      ...['group:', 'container:', 'absolute:/', 'A.xcodeproj', '../'],
    );
    const texts = fc.oneof(
      soup,
      soup.map(content => workspace(content)),
    );
    fc.assert(
      fc.property(texts, text => {
        const projects = workspaceProjects(text, file);
        if ('problem' in projects) assert.match(projects.problem, /^(?:is|has|begins) /);
        else for (const project of projects) assert.match(project, /^\/.*\.xcodeproj$/s);
      }),
    );
  });
});
