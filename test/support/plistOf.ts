/** The Info.plist of a kext's build, as small as it can be. */
export function plistOf(bundleIdentifier: string, version: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleIdentifier</key><string>${bundleIdentifier}</string>
<key>CFBundleVersion</key><string>${version}</string>
</dict></plist>
`;
}
