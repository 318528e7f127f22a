// What a user of the generated TypeScript client writes: a filtered list, all pages, each kind of actor, records sent
// along, a problem.

import { createClient, createConfig, type Client } from './onrecord-generated/client';
import {
  getActor,
  getEvent,
  listClaims,
  listEvents,
  listGroups,
  listOrganisations,
  listPeople,
} from './onrecord-generated/sdk.gen';
import type { Actor, ClaimDocument, ClaimList, Problem } from './onrecord-generated/types.gen';

declare const process: { argv: string[]; exitCode: number };

function must(held: boolean, what: string): asserts held {
  if (!held) throw new Error(what);
}

async function filtered(client: Client): Promise<void> {
  const { data } = await listEvents({
    client,
    query: { type: ['coerce', 'mobilize'], date: '2019-05', sort: ['-date'] },
  });
  must(data !== undefined && data.data.length > 0, 'no events');
  must(data.data.every((each) => each.type === 'coerce' || each.type === 'mobilize'), 'another type');
  console.log(`filtered: ${data.page.total} events; ${data.data[0]?.title}`);
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

async function pages(client: Client): Promise<void> {
  const ids: string[] = [];
  for await (const each of walk(client)) ids.push(each.id);
  const { data } = await listClaims({ client, query: { limit: 500 } });
  must(data !== undefined && ids.length > 20 && data.page.total === ids.length, 'another number of claims');
  must(data.data.map((each) => each.id).join() === ids.join(), 'another order');
  console.log(`pages: ${ids.length} claims, 20 at a time, in the order of one big page`);
}

async function oneOfEach(client: Client): Promise<string[]> {
  const query = { limit: 1 };
  const lists = [
    (await listPeople({ client, query })).data,
    (await listOrganisations({ client, query })).data,
    (await listGroups({ client, query })).data,
  ];
  return lists.map((each) => {
    const first = each?.data[0];
    must(first !== undefined, 'no actor');
    return first.id;
  });
}

function told(actor: Actor): string {
  switch (actor.type) {
    case 'person':
      return `a person; offices: ${actor.offices.length}`;
    case 'organisation':
      return `an organisation, ${actor.classification}`;
    case 'group':
      return `a group; events: ${actor.counts.events}`;
    default:
      return actor satisfies never;
  }
}

async function union(client: Client, id: string): Promise<void> {
  const { data } = await getActor({ client, path: { id } });
  must(data !== undefined, 'no actor');
  console.log(`union: ${data.data.name} is ${told(data.data)}`);
}

async function included(client: Client): Promise<void> {
  const { data } = await listClaims({ client, query: { limit: 5, include: ['speaker', 'events'] } });
  must(data?.included !== undefined, 'nothing sent along');
  const speakers: string[] = [];
  const events: string[] = [];
  for (const each of data.included) {
    if (each.kind === 'actor') speakers.push(`${each.name} is ${told(each)}`);
    if (each.kind === 'event') events.push(each.title);
  }
  must(speakers.length > 0 && speakers.length + events.length === data.included.length, 'another kind');
  console.log(`included: ${speakers[0]}; ${events[0]}`);
}

async function problems(client: Client): Promise<void> {
  const missing = await getEvent({ client, path: { id: 'no-such-event' } });
  const bad = await listEvents({ client, query: { date: 'soon', place: ['nowhere'] } });
  const found: (Problem | undefined)[] = [missing.error, bad.error];
  for (const each of found) {
    must(each !== undefined, 'no problem');
    const faults = each.errors.map((fault) => fault.message).join('; ');
    console.log(`problem: ${each.status} ${each.title}: ${faults}`);
  }
  must(missing.error?.status === 404 && bad.error?.status === 400, 'another status');
  must(bad.error.errors.map((fault) => fault.parameter).sort().join() === 'date,place', 'other faults');
}

async function main(baseUrl: string): Promise<void> {
  const client = createClient(createConfig({ baseUrl }));
  await filtered(client);
  await pages(client);
  for (const id of await oneOfEach(client)) await union(client, id);
  await included(client);
  await problems(client);
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
