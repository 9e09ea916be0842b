// Two public FHIR clients for JavaScript at work: they search, page, read and call operations.
//
//   node clients.mjs TOOLS BASE_URL RECORD
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, base, record] = process.argv.slice(2);
const require = createRequire(join(tools, 'package.json'));
const installed = (path) => import(pathToFileURL(join(tools, 'node_modules', path)).href);
const bundle = JSON.parse(readFileSync(record, 'utf8'));
const url = `${base}/fhir/R4`;

/** The ids of a search, page by page, without a client. */
async function idsByHand(query) {
  const ids = [];
  for (let next = `${url}/RiskAssessment?${query}`; next; ) {
    const page = await (await fetch(next)).json();
    ids.push(...(page.entry ?? []).map((entry) => entry.resource.id));
    next = page.link.find((link) => link.relation === 'next')?.url;
  }
  return ids.sort();
}

async function fhirKitClient() {
  const { Client } = await installed('fhir-kit-client/dist/index.js');
  const client = new Client({ baseUrl: url });
  const statement = await client.capabilityStatement();
  assert.equal(statement.fhirVersion, '4.0.1');
  const assessed = await client.operation({ name: '$assess', method: 'POST', input: bundle });
  assert.equal(assessed.resourceType, 'Bundle');
  const { id } = assessed.entry[0].resource;
  assert.equal((await client.read({ resourceType: 'RiskAssessment', id })).id, id);
  assert.equal((await client.vread({ resourceType: 'RiskAssessment', id, version: '1' })).meta.versionId, '1');
  let page = await client.search({ resourceType: 'RiskAssessment', searchParams: { _count: 7, status: 'final' } });
  const found = [];
  while (page) {
    found.push(...(page.entry ?? []).map((entry) => entry.resource.id));
    page = await client.nextPage({ bundle: page });
  }
  assert.deepEqual(found.sort(), await idsByHand('status=final'));
  const posted = await client.resourceSearch({
    resourceType: 'RiskAssessment', searchParams: { _id: id }, options: { postSearch: true },
  });
  assert.equal(posted.total, 1);
  const history = await client.history({ resourceType: 'RiskAssessment', id });
  assert.equal(history.type, 'history');
  const replayed = await client.operation({ name: '$replay', resourceType: 'RiskAssessment', id, method: 'GET' });
  assert.equal(replayed.parameter[0].valueCode, 'same');
  await assert.rejects(client.read({ resourceType: 'RiskAssessment', id: 'unknown' }), (error) => {
    assert.equal(error.response.status, 404);
    return true;
  });
  console.log('  fhir-kit-client 2.0.3: metadata, $assess, read, vread, search, pages, POST _search, history, $replay, an error');
}

async function medplumClient() {
  const { MedplumClient, OperationOutcomeError } = require('@medplum/core');
  const client = new MedplumClient({ baseUrl: `${base}/`, fhirUrlPath: 'fhir/R4/', fetch, cacheTime: 0 });
  const assessed = await client.post(client.fhirUrl('$assess'), bundle, 'application/fhir+json');
  const { id } = assessed.entry[0].resource;
  assert.equal((await client.readResource('RiskAssessment', id)).id, id);
  assert.equal((await client.readVersion('RiskAssessment', id, '1')).id, id);
  const found = [];
  for await (const page of client.searchResourcePages('RiskAssessment', '_count=11')) {
    found.push(...page.map((resource) => resource.id));
  }
  assert.deepEqual(found.sort(), await idsByHand('_count=11'));
  const history = await client.readHistory('RiskAssessment', id);
  assert.equal(history.type, 'history');
  await assert.rejects(client.readResource('RiskAssessment', 'unknown'), (error) => {
    assert(error instanceof OperationOutcomeError);
    assert.equal(error.outcome.issue[0].code, 'not-found');
    return true;
  });
  console.log('  MedplumClient 4.5.2: $assess, read, vread, search, pages, history, an error');
}

await fhirKitClient();
await medplumClient();
