/**
 * Which targets a scheme builds, *.xcscheme:
 *   <BuildAction …>
 *     <BuildableReference BlueprintName = "Turbine" ReferencedContainer = "container:Turbine.xcodeproj">
 */

const buildAction = /<BuildAction\b/;
const reference = /<BuildableReference\b([^<>]*)/g;

/** A target that a scheme builds, and the project that has it, relative to the folder of the scheme's project or workspace. */
export interface SchemeTarget {
  readonly name: string;
  /** undefined where the scheme does not say it. */
  readonly project: string | undefined;
}

/** The targets in the text of a scheme's file. */
export function schemeTargets(text: string): readonly SchemeTarget[] {
  const start = text.search(buildAction);
  const end = text.indexOf('</BuildAction>', Math.max(start, 0));
  const action = start === -1 ? '' : text.slice(start, end === -1 ? undefined : end);
  return [...action.matchAll(reference)].flatMap(([, attributes = '']) => {
    const [, name] = /\bBlueprintName\s*=\s*"([^"]*)"/.exec(attributes) ?? [];
    const [, project] = /\bReferencedContainer\s*=\s*"container:([^"]*)"/.exec(attributes) ?? [];
    return name === undefined ? [] : [{ name: plain(name), project: project === undefined ? project : plain(project) }];
  });
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plain(attribute: string): string {
  return attribute.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}
