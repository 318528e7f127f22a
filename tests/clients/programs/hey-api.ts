// What a user of hey-api's openapi-ts writes; it prints what the programs in other languages print.

import { createClient, createConfig, type Client } from './generated/client';
import { getActor, getEvent, listActorEvents, listClaims, listEvents } from './generated/sdk.gen';
import type { Actor, ClaimDocument, ClaimList } from './generated/types.gen';

declare const process: { argv: string[]; exitCode: number };

const ACTOR = 'kosovo-police';

function must(held: boolean, what: string): asserts held {
  if (!held) throw new Error(what);
}

function sorted(values: Iterable<string>): string {
  return [...new Set(values)].sort().join(' ');
}

async function types(client: Client, query: { type: string[]; date?: string; sort?: '-date'[] }): Promise<string> {
  const { data } = await listEvents({ client, query });
  must(data !== undefined, 'no events');
  const found = sorted(data.data.map((each) => each.type));
  return query.date === undefined ? found : `${data.page.total} ${found}`;
}

async function* walk(client: Client): AsyncGenerator<ClaimDocument> {
  let cursor: string | null | undefined;
  do {
    const { data }: { data?: ClaimList } = await listClaims({
      client,
      query: { limit: 20, ...(cursor ? { cursor } : {}) },
    });
    must(data !== undefined, 'no page');
    yield* data.data;
    cursor = data.page.next;
  } while (cursor !== null);
}

async function inverse(client: Client): Promise<void> {
  const path = { actor_id: ACTOR };
  const below = (await listActorEvents({ client, path, query: { limit: 1 } })).data;
  must(below !== undefined, 'no events');
  const id = below.data.map((each) => each.id);
  const again = (await listActorEvents({ client, path, query: { id } })).data;
  console.log(`inverse: ${below.page.total} ${again?.page.total}`);
}

function told(actor: Actor): string {
  switch (actor.type) {
    case 'person':
      return actor.offices.length >= 0 ? 'Person' : '';
    case 'organisation':
      return actor.part_of.length >= 0 ? 'Organisation' : '';
    case 'group':
      return 'Group';
    default:
      return actor satisfies never;
  }
}

async function union(client: Client): Promise<void> {
  const found: string[] = [];
  for (const actor_id of ['aleksandar-vucic', ACTOR, 'serbs-in-kosovo']) {
    const { data } = await getActor({ client, path: { actor_id } });
    must(data !== undefined, 'no actor');
    found.push(told(data.data));
  }
  console.log(`union: ${found.join(' ')}`);
}

async function included(client: Client): Promise<void> {
  const { data } = await listClaims({ client, query: { limit: 5, include: ['speaker', 'events'] } });
  must(data?.included !== undefined, 'nothing sent along');
  const speakers: string[] = [];
  const events: string[] = [];
  for (const each of data.included) {
    if (each.kind === 'actor') speakers.push(told(each));
    if (each.kind === 'event') events.push(each.title);
  }
  must(speakers.length > 0 && speakers.length + events.length === data.included.length, 'another kind');
}

async function problems(client: Client): Promise<void> {
  const missing = await getEvent({ client, path: { event_id: 'no-such-event' } });
  must(missing.error?.status === 404, 'another status');
  const { error } = await listEvents({ client, query: { date: 'soon', place: ['nowhere'] } });
  must(error !== undefined, 'no problem');
  console.log(`problem: ${error.status} ${sorted(error.errors.map((fault) => fault.parameter))}`);
}

async function main(base: string, newer: string): Promise<void> {
  const client = createClient(createConfig({ baseUrl: base }));
  console.log(`filtered: ${await types(client, { type: ['coerce', 'mobilize'], date: '2019-05', sort: ['-date'] })}`);
  const ids = new Set<string>();
  for await (const each of walk(client)) ids.add(each.id);
  console.log(`pages: ${ids.size}`);
  await inverse(client);
  await union(client);
  await included(client);
  await problems(client);
  console.log(`unknown: ${await types(createClient(createConfig({ baseUrl: newer })), { type: ['coerce'] })}`);
}

main(process.argv[2] ?? '', process.argv[3] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
