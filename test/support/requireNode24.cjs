// Loaded before every script (`node --require`). CommonJS and old syntax: it has to run where the scripts themselves cannot.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  const remedy =
    process.platform === 'linux' || process.platform === 'win32'
      ? 'run "npm ci" (it brings Node 24 along) and start the script with "npm run"'
      : 'install Node 24 or later';
  process.stderr.write(`Kext Dev needs Node 24, and this is Node ${process.versions.node}: ${remedy}.\n`);
  process.exit(2);
}
