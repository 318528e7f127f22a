// Shows what became of the anchors: how many are proved, the text with its passages marked, the claims by who makes them.
import { FOUND_TWICE, codePoints, failed, share } from "./anchors.js";

const LISTED = 40; // stretches that no claim answers for
const WORDS = 12; // of such a stretch
const HARDLY = 0.5; // of the anchors, below which it is no copy to speak of

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const percent = (part) => `${(100 * part).toFixed(1)} %`;
const key = ({ source, passage }) => `${source.id}-${passage.number}`;
const ink = (text) => text.replace(/\s/gu, "").length;

// Disjoint stretches in order, of any that may overlap.
function union(spans) {
  const joined = [];
  for (const [start, end] of [...spans].sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

// What of the text lies outside: stretches with more than blanks in them.
function outside(spans, text) {
  const edges = [0, ...union(spans).flat(), text.length];
  const between = edges.flatMap((edge, i) => (i % 2 ? [] : [[edge, edges[i + 1]]]));
  return between.filter(([start, end]) => text.slice(start, end).trim());
}

// In words: whether it is the text itself, another copy, or an altered one.
function kind({ source, identical, proofs }, root) {
  const lost = proofs.filter(failed);
  const touched = new Set(lost.map(({ passage }) => passage.claim.id)).size;
  const twice = proofs.filter(({ outcome }) => outcome === FOUND_TWICE).length;
  const hardly = share(proofs) < HARDLY;
  const [name, ...words] = identical
    ? ["The identical text", "its SHA-256 is the one on record.", lost.length ? "The record is wrong about what is not proved." : "Every passage stands at its place."]
    : !lost.length
      ? ["Another copy", "its bytes differ, and every passage is in it word for word.", "Line ends, spacing and quotes may be others, and other text may stand around."]
      : [
          hardly ? "Hardly a copy" : "An altered copy",
          `${count(lost.length, "anchor is", "anchors are")} not in it as recorded, of ${count(touched, "claim")}: the words were changed, cut, or cut into.`,
          hardly ? "It may be another text that has some of the same words." : "Every other passage is in it word for word.",
        ];
  if (twice) words.push(`${count(twice, "anchor is", "anchors are")} in it more than once.`);
  const link = element("a", { href: `${root}/sources/${source.id}` }, source.title);
  return element("p", { class: "kind" }, element("strong", {}, name), " of “", link, `”: ${words.join(" ")}`);
}

// What is declared as not the report's own: known for the identical text only.
function furniture(found, text) {
  const starts = codePoints(text);
  const declared = found.filter(({ identical }) => identical).flatMap(({ source }) => source.furniture);
  return declared.map(({ start, end, reason }) => ({ span: [starts[start], starts[end]], reason }));
}

// How much of the text claims answer for, and the stretches that none does.
function unanswered(text, marked, boxes, open) {
  const size = (spans) => spans.reduce((sum, [start, end]) => sum + ink(text.slice(start, end)), 0) / (ink(text) || 1);
  const told = element("p", {}, `Claims answer for ${percent(size(union(marked)))} of the text. `);
  if (boxes.length) told.append(`${percent(size(union(boxes.map(({ span }) => span))))} is declared as not the report's own. `);
  if (!open.length) told.append("Nothing else is in it.");
  if (!open.length) return [told];
  const items = open.slice(0, LISTED).map(([start, end], i) => {
    const words = text.slice(start, end).trim().split(/\s+/u);
    const link = element("a", { href: `#o-${i + 1}` }, words.slice(0, WORDS).join(" "), words.length > WORDS ? " …" : "");
    return element("li", {}, link);
  });
  const summary = element("summary", {}, `${count(open.length, "passage")} that no claim answers for`);
  const list = element("ol", { class: "unanswered", translate: "no" }, ...items);
  const rest = open.length > LISTED ? [`And ${open.length - LISTED} more.`] : [];
  return [told, element("details", {}, summary, list, ...rest)];
}

// The text, cut at every edge of a passage.
function drawn(text, proofs, open, boxes, language) {
  const body = element("div", { class: "copy", translate: "no", lang: language });
  const marks = proofs.flatMap((proof) => proof.spans.map((span) => ({ ...proof, span })));
  const spans = [...marks.map(({ span }) => span), ...open, ...boxes.map(({ span }) => span)];
  const edges = [...new Set([0, text.length, ...spans.flat()])].sort((one, other) => one - other);
  const begun = new Set();
  edges.slice(0, -1).forEach((start, i) => {
    const end = edges[i + 1];
    const inside = ({ span }) => span[0] <= start && start < span[1];
    const within = marks.filter(inside);
    const part = within.length ? element("mark") : element("span", shade(start, open, boxes.find(inside)));
    part.append(text.slice(start, end).replace(/\r\n?/gu, "\n"));
    const fresh = new Set(within.map(key).filter((each) => !begun.has(each)));
    for (const each of fresh) body.append(element("span", { id: `p-${each}`, class: "place" }));
    for (const each of fresh) begun.add(each);
    body.append(part, ...ending(marks, end));
  });
  return body;
}

function shade(start, open, box) {
  const at = open.findIndex((span) => span[0] <= start && start < span[1]);
  if (box) return { class: "furniture", title: box.reason };
  return at < 0 ? {} : { class: "open", id: start === open[at][0] && `o-${at + 1}`, tabindex: "-1" };
}

// The numbers of the passages that end here, each a link to the first claim that is pinned to it.
function ending(marks, end) {
  const here = new Map(marks.filter(({ span }) => span[1] === end).map((mark) => [key(mark), mark]));
  return [...here.values()].map((mark) => {
    const { number, claim } = mark.passage;
    const claims = new Set(mark.source.passages.filter((each) => each.number === number).map((each) => each.claim.id)).size;
    const label = `Passage ${number}, of ${count(claims, "claim")}`;
    return element("sup", {}, element("a", { href: `#c-${claim.id}`, "aria-label": label, "data-passage": key(mark) }, String(number)));
  });
}

// Each claim with its proofs, in the order of the text.
function byClaim(proofs) {
  const claims = new Map();
  for (const proof of proofs) {
    const { claim } = proof.passage;
    if (!claims.has(claim.id)) claims.set(claim.id, { claim, proofs: [] });
    claims.get(claim.id).proofs.push(proof);
  }
  return [...claims.values()];
}

// The voice that the label of a claim begins with.
const voice = ({ label, text }) => (label.endsWith(`: ${text}`) ? label.slice(0, -text.length - 2) : label);

function section(title, claims, words, root) {
  const items = claims.map(({ claim, proofs }) => {
    const link = element("a", { href: `${root}/claims/${claim.id}` }, words(claim));
    const keys = proofs.map(key).join(" ");
    return element("li", { id: `c-${claim.id}`, tabindex: "-1", "data-passages": keys }, link, " ", ...proofs.map(outcome));
  });
  const heading = element("h3", {}, title, " ", element("small", {}, count(claims.length, "claim")));
  return element("section", {}, heading, element("ul", { class: "claims" }, ...items));
}

function outcome(proof) {
  const { passage, spans, reason, after } = proof;
  const role = passage.role === "attribution" ? " (who says so)" : "";
  if (failed(proof)) {
    const where = after ? ` It would stand after passage ${after}.` : "";
    return element("span", { class: "proof missing" }, `Not proved: passage ${passage.number}${role}, ${reason}.${where} `);
  }
  const link = element("a", { href: `#p-${key(proof)}`, "aria-label": `Passage ${passage.number}${role}` }, String(passage.number));
  return element("span", { class: "proof" }, link, spans.length > 1 ? ` ${spans.length} times ` : " ");
}

// The claims that are touched, then the others by who makes them: first whoever makes most.
function claimsBeside(proofs, root) {
  const claims = byClaim(proofs);
  const touched = claims.filter((each) => each.proofs.some(failed));
  const groups = new Map();
  for (const each of claims.filter((one) => !touched.includes(one))) {
    groups.set(voice(each.claim), [...(groups.get(voice(each.claim)) ?? []), each]);
  }
  const ordered = [...groups].sort(([, one], [, other]) => other.length - one.length);
  const sections = ordered.map(([title, members]) => section(title, members, ({ text }) => text, root));
  if (touched.length) sections.unshift(section("Not proved", touched, ({ label }) => label, root));
  return element("div", { class: "beside" }, element("h2", {}, "Claims, by who makes them"), ...sections);
}

// Says after which passage a lost one would stand: the nearest before it that is there.
function placed({ source, proofs }) {
  let after = 0;
  return proofs.map((proof) => {
    if (!failed(proof)) after = proof.passage.number;
    return { ...proof, source, after };
  });
}

// Marks every claim that is pinned to the passage whose number was followed, not only the first.
function follow(event) {
  const link = event.target.closest?.("[data-passage]");
  if (!link) return;
  for (const each of event.currentTarget.querySelectorAll("[data-passages]")) {
    each.classList.toggle("cited", each.dataset.passages.split(" ").includes(link.dataset.passage));
  }
}

// Fills the place with the outcome, and leads the reader to it.
export function show(place, found, { text, sources, root }) {
  const proofs = found.flatMap(placed);
  const proved = proofs.filter((proof) => !failed(proof));
  const titles = sources.map(({ title }) => `“${title}”`).join(", ");
  const heading = element("h2", { id: "counted", tabindex: "-1" }, `${proved.length} of ${count(proofs.length, "anchor")} proved`);
  place.hidden = false;
  place.addEventListener("click", follow);
  if (!found.length) {
    heading.textContent = "No anchor is proved";
    place.replaceChildren(heading, element("p", { class: "kind" }, `None of the passages is in this text: it is no copy of ${titles}.`));
  } else {
    const marked = proved.flatMap(({ spans }) => spans);
    const boxes = furniture(found, text);
    const open = outside([...marked, ...boxes.map(({ span }) => span)], text);
    const side = claimsBeside(proofs, root);
    const own = element("section", { class: "own" }, element("h2", {}, "The text"), drawn(text, proofs, open, boxes, found[0].source.language));
    const summary = [heading, ...found.map((each) => kind(each, root)), ...unanswered(text, marked, boxes, open)];
    place.replaceChildren(...summary, element("div", { class: "sides" }, own, side));
  }
  heading.focus();
  document.getElementById(location.hash.slice(1))?.classList.add("cited");
}
