// Medplum's validator over lines of {number, resource}: prints a line of JSON for each issue.
//
//   node medplum.mjs TOOLS DEFINITIONS PROFILES < resources.ndjson
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const [tools, definitions, profiles] = process.argv.slice(2);
const require = createRequire(join(tools, 'package.json'));
const { indexStructureDefinitionBundle, loadDataType, validateResource } = require('@medplum/core');

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(read(join(definitions, `${name}.json`)));
}
const ours = new Map();
for (const name of readdirSync(profiles).filter((name) => name.startsWith('StructureDefinition-'))) {
  const profile = read(join(profiles, name));
  ours.set(profile.url, profile);
  loadDataType(profile);
}

/** What is wrong with a resource, by the base and by each profile of ours that it names. */
function issues(resource) {
  const found = [];
  const named = (resource.meta?.profile ?? []).map((url) => ours.get(url)).filter(Boolean);
  for (const profile of [undefined, ...named]) {
    try {
      found.push(...validateResource(resource, profile && { profile }));
    } catch (error) {
      found.push(...(error.outcome?.issue ?? [{ severity: 'error', details: { text: String(error) } }]));
    }
  }
  return found.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal');
}

for await (const line of createInterface({ input: process.stdin })) {
  const { number, resource } = JSON.parse(line);
  for (const issue of issues(resource)) {
    console.log(JSON.stringify({ number, path: issue.expression?.[0] ?? '', message: issue.details?.text ?? '' }));
  }
}
