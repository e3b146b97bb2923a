/**
 * Which projects a workspace of Xcode has, *.xcworkspace/contents.xcworkspacedata:
 *   <Workspace version = "1.0">
 *     <Group location = "container:Drivers" name = "Drivers">
 *       <FileRef location = "group:Turbine/Turbine.xcodeproj"></FileRef>
 *     </Group>
 *     <FileRef location = "absolute:/Users/dev/Pump/Pump.xcodeproj"></FileRef>
 *   </Workspace>
 * `container:` is the folder of the workspace, `group:` that of the group around it. `self:` stands in the workspace that each project
 * has inside, `developer:` is in Xcode's own folder: neither is a project of the workspace's.
 */
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { Element } from '@xmldom/xmldom';
import { readXml, type XmlProblem } from './xmlDocument.ts';

/**
 * The `*.xcodeproj` that the workspace names, absolute where `file` is, each once and in its order; `file`: of the text. Any text gives a
 * result.
 */
export function workspaceProjects(text: string, file: string): readonly string[] | XmlProblem {
  const document = readXml(text, file, 'the XML of a workspace');
  if ('problem' in document) return document;
  const { outermost } = document;
  if (outermost.nodeName === 'Workspace') return [...new Set(projectsIn(outermost, dirname(dirname(file))))];
  return {
    problem: `has <${outermost.nodeName}> as its outermost element; expected <Workspace>`,
    position: { file, line: 1, column: 1 },
  };
}

/** Without a call for each level: a text may be nested as deep as it likes. */
function projectsIn(workspace: Element, container: string): readonly string[] {
  const projects: string[] = [];
  const waiting: { readonly element: Element; readonly group: string | undefined }[] = [];
  const wait = (above: Element, group: string | undefined) => {
    for (const element of childrenOf(above).toReversed()) waiting.push({ element, group });
  };
  wait(workspace, container);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { element, group } = next;
    const path = placeOf(element.getAttribute('location') ?? 'group:', container, group);
    if (element.nodeName === 'Group') wait(element, path);
    if (element.nodeName === 'FileRef' && path?.endsWith('.xcodeproj')) projects.push(path);
  }
  return projects;
}

function childrenOf(element: Element): readonly Element[] {
  const children: Element[] = [];
  for (let child = element.firstChild; child !== null; child = child.nextSibling)
    if (child.nodeType === child.ELEMENT_NODE) children.push(child as Element);
  return children;
}

function placeOf(location: string, container: string, group: string | undefined): string | undefined {
  const [, kind, path = ''] = /^(container|group|absolute):(.*)$/s.exec(location) ?? [];
  const place = kind === 'absolute' ? absolute(path) : below(kind === 'container' ? container : group, path);
  return kind === undefined ? undefined : place?.replace(/(?!^)\/+$/, '');
}

function absolute(path: string): string | undefined {
  return isAbsolute(path) ? normalize(path) : undefined;
}

function below(folder: string | undefined, path: string): string | undefined {
  return folder === undefined ? undefined : join(folder, path);
}
