/**
 * Which targets a scheme builds, *.xcscheme:
 *   <BuildAction …>
 *     <BuildableReference BlueprintName = "Turbine" ReferencedContainer = "container:Turbine.xcodeproj">
 */

const buildAction = /<BuildAction\b/;
const reference = /<BuildableReference\b([^<>]*)/g;

/** The names of the targets in the text of a scheme's file, each once. */
export function schemeTargets(text: string): readonly string[] {
  const start = text.search(buildAction);
  const end = text.indexOf('</BuildAction>', Math.max(start, 0));
  const action = start === -1 ? '' : text.slice(start, end === -1 ? undefined : end);
  const names = [...action.matchAll(reference)].flatMap(([, attributes = '']) => {
    const [, name] = /\bBlueprintName\s*=\s*"([^"]*)"/.exec(attributes) ?? [];
    return name === undefined ? [] : [plain(name)];
  });
  return [...new Set(names)];
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plain(attribute: string): string {
  return attribute.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}
