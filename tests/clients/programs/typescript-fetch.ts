// What a user of OpenAPI Generator's typescript-fetch client writes; it prints what the programs in other languages print.

import {
  ActorsApi,
  ClaimsApi,
  Configuration,
  EventsApi,
  EventsSort,
  ResponseError,
  type ClaimDocument,
  type Problem,
} from './generated/index.js';

declare const process: { argv: string[]; exitCode: number };

function sorted(values: Iterable<string>): string {
  return [...new Set(values)].sort().join(' ');
}

async function* walk(claims: ClaimsApi): AsyncGenerator<ClaimDocument> {
  let cursor: string | undefined;
  do {
    const page = await claims.listClaims({ limit: 20, ...(cursor ? { cursor } : {}) });
    yield* page.data;
    cursor = page.page.next ?? undefined;
  } while (cursor !== undefined);
}

async function problem(events: EventsApi): Promise<void> {
  try {
    await events.listEvents({ date: 'soon', place: ['nowhere'] });
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const body = (await error.response.json()) as Problem;
    console.log(`problem: ${error.response.status} ${sorted(body.errors.map((each) => each.parameter))}`);
  }
}

async function main(base: string, newer: string): Promise<void> {
  const configuration = new Configuration({ basePath: base });
  const events = new EventsApi(configuration);
  const actors = new ActorsApi(configuration);
  const found = await events.listEvents({
    type: ['coerce', 'mobilize'],
    date: '2019-05',
    sort: [EventsSort.DATE_DESCENDING],
  });
  console.log(`filtered: ${found.page.total} ${sorted(found.data.map((each) => each.type))}`);
  const ids = new Set<string>();
  for await (const each of walk(new ClaimsApi(configuration))) ids.add(each.id);
  console.log(`pages: ${ids.size}`);
  const actorId = 'kosovo-police';
  const below = await actors.listActorEvents({ actorId, limit: 1 });
  const again = await actors.listActorEvents({ actorId, id: below.data.map((each) => each.id) });
  console.log(`inverse: ${below.page.total} ${again.page.total}`);
  const kinds: string[] = [];
  for (const id of ['aleksandar-vucic', 'kosovo-police', 'serbs-in-kosovo']) {
    const actor = (await actors.getActor({ actorId: id })).data;
    if (actor.type === 'person') kinds.push(actor.offices.length > 0 ? 'Person' : '');
    if (actor.type === 'organisation') kinds.push(actor.partOf.length >= 0 ? 'Organisation' : '');
    if (actor.type === 'group') kinds.push('Group');
  }
  console.log(`union: ${kinds.join(' ')}`);
  await problem(events);
  const newest = await new EventsApi(new Configuration({ basePath: newer })).listEvents({ type: ['coerce'] });
  console.log(`unknown: ${sorted(newest.data.map((each) => each.type))}`);
}

main(process.argv[2] ?? '', process.argv[3] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
