// What a user of openapi-typescript and openapi-fetch writes; it prints what the programs in other languages print.

import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './paths.js';

declare const process: { argv: string[]; exitCode: number };

// A list can be had in several media types: the client is told which ones it reads.
type Media = 'application/json' | 'application/problem+json';
type Api = Client<paths, Media>;
type Claim = components['schemas']['ClaimDocument'];

function sorted(values: Iterable<string>): string {
  return [...new Set(values)].sort().join(' ');
}

function there<T>(data: T | undefined): T {
  if (data === undefined) throw new Error('no data');
  return data;
}

async function* walk(api: Api): AsyncGenerator<Claim> {
  let cursor: string | undefined;
  do {
    const { data } = await api.GET('/claims', { params: { query: { limit: 20, cursor } } });
    const page = there(data);
    yield* page.data;
    cursor = page.page.next ?? undefined;
  } while (cursor !== undefined);
}

async function inverse(api: Api): Promise<void> {
  const path = { actor_id: 'kosovo-police' };
  const below = there((await api.GET('/actors/{actor_id}/events', { params: { path, query: { limit: 1 } } })).data);
  const id = below.data.map((each) => each.id);
  const again = there((await api.GET('/actors/{actor_id}/events', { params: { path, query: { id } } })).data);
  console.log(`inverse: ${below.page.total} ${again.page.total}`);
}

async function union(api: Api): Promise<void> {
  const kinds: string[] = [];
  for (const actor_id of ['aleksandar-vucic', 'kosovo-police', 'serbs-in-kosovo']) {
    const actor = there((await api.GET('/actors/{actor_id}', { params: { path: { actor_id } } })).data).data;
    if (actor.type === 'person') kinds.push(actor.offices.length > 0 ? 'Person' : '');
    if (actor.type === 'organisation') kinds.push(actor.part_of.length >= 0 ? 'Organisation' : '');
    if (actor.type === 'group') kinds.push('Group');
  }
  console.log(`union: ${kinds.join(' ')}`);
}

async function main(base: string, newer: string): Promise<void> {
  const api: Api = createClient<paths, Media>({ baseUrl: base });
  const query = { type: ['coerce', 'mobilize'], date: '2019-05', sort: ['-date' as const] };
  const found = there((await api.GET('/events', { params: { query } })).data);
  console.log(`filtered: ${found.page.total} ${sorted(found.data.map((each) => each.type))}`);
  const ids = new Set<string>();
  for await (const each of walk(api)) ids.add(each.id);
  console.log(`pages: ${ids.size}`);
  await inverse(api);
  await union(api);
  const { error, response } = await api.GET('/events', { params: { query: { date: 'soon', place: ['nowhere'] } } });
  console.log(`problem: ${response.status} ${sorted(there(error).errors.map((each) => each.parameter))}`);
  const changed = createClient<paths, Media>({ baseUrl: newer });
  const newest = there((await changed.GET('/events', { params: { query: { type: ['coerce'] } } })).data);
  console.log(`unknown: ${sorted(newest.data.map((each) => each.type))}`);
}

main(process.argv[2] ?? '', process.argv[3] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
