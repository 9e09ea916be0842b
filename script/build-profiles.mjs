// The JSON work of script/build-profiles.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const write = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

/** Writes HL7's bundles of definitions as a FHIR package: one file a resource, and an index. */
function corePackage(definitions, target) {
  const bundles = [
    'profiles-types',
    'profiles-resources',
    'profiles-others',
    'extension-definitions',
    'valuesets',
    'v2-tables',
    'v3-codesystems',
  ];
  const files = new Map();
  for (const bundle of bundles) {
    for (const { resource } of read(join(definitions, `${bundle}.json`)).entry) {
      if (!resource?.url || !resource.id) continue;
      const filename = `${resource.resourceType}-${resource.id}.json`;
      const { resourceType, id, url, version, kind, type } = resource;
      files.set(filename, { filename, resourceType, id, url, version, kind, type });
      write(join(target, filename), resource);
    }
  }
  write(join(target, '.index.json'), { 'index-version': 1, files: [...files.values()] });
  write(join(target, 'package.json'), {
    name: 'hl7.fhir.r4.core',
    version: '4.0.1',
    type: 'Core',
    fhirVersions: ['4.0.1'],
    canonical: 'http://hl7.org/fhir',
    dependencies: {},
  });
}

const FIRST = ['resourceType', 'id', 'url', 'version', 'name', 'title', 'status', 'experimental', 'date', 'publisher'];
const LAST = ['snapshot', 'differential', 'concept', 'compose'];

/** Where a key of a resource stands: who and what it is first, what it holds last, the rest as SUSHI has it. */
const rank = (key) => (FIRST.indexOf(key) + 1 || (LAST.includes(key) ? 200 + LAST.indexOf(key) : 100));

/** JSON with a line for each element, concept or item: half as large as fully indented, and a change is still a line. */
function lines(value) {
  const list = (items, indent) => `[\n${items.map((item) => `${indent}  ${JSON.stringify(item)}`).join(',\n')}\n${indent}]`;
  const member = ([key, held]) => {
    const isElements = key === 'snapshot' || key === 'differential';
    if (isElements) return `  "${key}": {\n    "element": ${list(held.element, '    ')}\n  }`;
    return `  "${key}": ${Array.isArray(held) ? list(held, '  ') : JSON.stringify(held)}`;
  };
  return `{\n${Object.entries(value).map(member).join(',\n')}\n}\n`;
}

/** Copies what SUSHI made, without the remarks and the mappings to other standards that elements inherit from the base. */
function normalise(source, target) {
  mkdirSync(target, { recursive: true });
  for (const filename of readdirSync(source).filter((name) => name.endsWith('.json'))) {
    const resource = read(join(source, filename));
    delete resource.mapping;
    for (const element of resource.snapshot?.element ?? []) {
      for (const inherited of ['mapping', 'comment', 'requirements', 'alias', 'example']) delete element[inherited];
      // R5 has no XPath in a constraint; FHIRPath says the same.
      for (const constraint of element.constraint ?? []) delete constraint.xpath;
    }
    const entries = Object.entries(resource).sort(([one], [other]) => rank(one) - rank(other));
    writeFileSync(join(target, filename), lines(Object.fromEntries(entries)));
  }
}

const [command, source, target] = process.argv.slice(2);
({ 'core-package': corePackage, normalise })[command](source, target);
