// Proves anchors in a copy of a text, by the rules that `onrecord verify` has (version 2): by offsets in the identical
// copy; in any other one by the hash of a window of recorded length that slides over the text normalised.
import { hash, hex } from "./sha256.js";

// What Python takes for white space, and Unicode's format characters (Cf) of the version that the rules are made for.
const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const IS_BLANK = new RegExp(BLANK, "u");
const WORDS = new RegExp(`${BLANK.replace("[", "[^")}+`, "gu");
const BLANK_LINES = new RegExp(`\\n${BLANK}*\\n`, "gu");
const FORMAT = new RegExp(
  "[\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064" +
    "\\u2066-\\u206f\\ufeff\\ufff9-\\ufffb\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}" +
    "\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}]",
  "gu",
);
const PLAINER = [
  [/[‘’‚‛′‵‹›´]/gu, "'"],
  [/[“”„‟″‶«»〝〞〟]/gu, '"'],
  [/[‐‑‒–—―⁃−﹘﹣－]/gu, "-"],
];
const OF_WORDS = /[\p{L}\p{N}]/u;
const UNPARTED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const ASCII = /^[\x21-\x7e]*$/;
const PATIENCE = 50; // milliseconds of searching, after which the browser may draw

export const [PROVED, FOUND, FOUND_TWICE] = ["proved", "found", "found twice"];
export const [NOT_FOUND, WRONG] = ["not found", "wrong"];

const ascii = (text) => PLAINER.reduce((plain, [signs, sign]) => plain.replace(signs, sign), text);
// Before NFKC too: it would cut a double prime into two single ones.
const plain = (text) => ascii(ascii(text.replace(FORMAT, "")).normalize("NFKC"));
const bytesOf = (text) => new TextEncoder().encode(text);
const parts = (letter) => OF_WORDS.test(letter) && !UNPARTED.test(letter);

export const normalised = (text) => plain(text).match(WORDS)?.join(" ") ?? "";
export const digest = (text) => hex(hash(bytesOf(text)));

// Where every code point of a text begins: anchors count in code points, JavaScript in units of UTF-16.
export function codePoints(text) {
  const starts = [];
  for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) starts.push(at);
  return Uint32Array.from([...starts, text.length]);
}

// The runs between blank lines, in units of UTF-16, without the white space around them.
export function paragraphs(text) {
  const edges = [0, ...[...text.matchAll(BLANK_LINES)].flatMap((gap) => [gap.index, gap.index + gap[0].length]), text.length];
  const found = [];
  for (let i = 0; i < edges.length; i += 2) {
    const words = [...text.slice(edges[i], edges[i + 1]).matchAll(WORDS)];
    if (!words.length) continue;
    const [first, last] = [words[0], words.at(-1)];
    found.push([edges[i] + first.index, edges[i] + last.index + last[0].length]);
  }
  return found;
}

// Whether the letters on both sides of a place, in units of UTF-16, belong to one word.
export function insideWord(text, at) {
  if (at <= 0 || at >= text.length) return false;
  const low = text.charCodeAt(at - 1);
  const before = text.codePointAt(low >= 0xdc00 && low < 0xe000 && at > 1 ? at - 2 : at - 1);
  return parts(String.fromCodePoint(before)) && parts(String.fromCodePoint(text.codePointAt(at)));
}

// The pieces of a word that normalise by themselves, a letter with its marks, each with what it becomes.
function pieces(word) {
  const whole = plain(word);
  if (whole === ascii(word)) return [...word].map((letter, i) => [letter, [...whole][i]]);
  const found = [""];
  for (const letter of word) {
    const piece = found.at(-1);
    if (piece && (letter < "\x80" || plain(piece + letter) === plain(piece) + plain(letter))) found.push("");
    found.push(found.pop() + letter);
  }
  const become = found.map((piece) => [piece, plain(piece)]);
  return become.map(([, made]) => made).join("") === whole ? become : [[word, whole]];
}

// The text normalised, by code points, and for each of them the stretch of the text that it was made from.
export function letters(text) {
  const [made, from, to] = [[], [], []];
  let parted = false;
  function add(letter, start, end) {
    if (parted && made.length) {
      made.push(" ");
      from.push(to.at(-1));
      to.push(start);
    }
    parted = false;
    made.push(letter);
    from.push(start);
    to.push(end);
  }
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    let at = index;
    parted = true;
    for (const [piece, become] of ASCII.test(word) ? [...word].map((letter) => [letter, letter]) : pieces(word)) {
      for (const letter of become) {
        if (IS_BLANK.test(letter)) parted = true;
        else add(letter, at, at + piece.length);
      }
      at += piece.length;
    }
  }
  return { made, from, to };
}

// A copy as it is searched: `edges` are the places between code points where a passage may begin or end.
export function searchable(text) {
  const { made, from, to } = letters(text);
  const ends = new Uint32Array(made.length + 1);
  const kinds = made.map(parts);
  const begins = new Uint8Array(made.length + 1);
  const closes = new Uint8Array(made.length + 1);
  made.forEach((letter, i) => {
    ends[i + 1] = ends[i] + (letter < "\x80" ? 1 : bytesOf(letter).length);
    if (letter === " ") return; // no passage begins or ends with a blank
    begins[i] = !(i > 0 && kinds[i - 1] && kinds[i]);
    closes[i + 1] = !(i + 1 < made.length && kinds[i] && kinds[i + 1]);
  });
  return { text, bytes: bytesOf(made.join("")), size: made.length, ends, begins, closes, from, to, paragraphs: paragraphs(text) };
}

// Where in the text each of the hashes is, by length and hash: lists of [start, end] in units of UTF-16.
export async function search(copy, passages) {
  const lengths = new Map();
  for (const { match } of passages) {
    const wanted = lengths.get(match.length) ?? lengths.set(match.length, new Set()).get(match.length);
    wanted.add(Number.parseInt(match.sha256.slice(0, 8), 16) | 0);
  }
  const found = new Map(passages.map(({ match }) => [`${match.length} ${match.sha256}`, []]));
  let until = performance.now() + PATIENCE;
  for (const [length, wanted] of lengths) {
    slide(copy, length, wanted, (sha256, span) => found.get(`${length} ${sha256}`)?.push(span));
    if (performance.now() < until) continue;
    await new Promise((done) => setTimeout(done));
    until = performance.now() + PATIENCE;
  }
  return found;
}

function slide({ bytes, size, ends, begins, closes, from, to }, length, wanted, tell) {
  const state = new Int32Array(8);
  for (let start = 0; length > 0 && start + length <= size; start += 1) {
    const end = start + length;
    if (!begins[start] || !closes[end]) continue;
    hash(bytes, ends[start], ends[end], state);
    if (wanted.has(state[0])) tell(hex(state), [from[start], to[end - 1]]);
  }
}

// One anchor in another copy: in the paragraph of that number, else anywhere.
function searched(passage, copy, found) {
  const all = found.get(`${passage.match.length} ${passage.match.sha256}`);
  const [first, last] = copy.paragraphs[passage.paragraph - 1] ?? [0, -1];
  const within = all.filter(([start, end]) => first <= start && end <= last);
  const spans = within.length ? within : all;
  if (!spans.length) return { outcome: NOT_FOUND, spans, reason: "no passage of the copy has its hash" };
  return { outcome: spans.length === 1 ? FOUND : FOUND_TWICE, spans, reason: "" };
}

// One anchor in the identical copy, by its offsets.
function proved(passage, text, starts, runs) {
  const place = `the passage ${passage.start} to ${passage.end}`;
  const start = starts[Math.min(passage.start, starts.length - 1)];
  const end = starts[Math.min(passage.end, starts.length - 1)];
  const words = text.slice(start, end);
  const match = normalised(words);
  const number = runs.findIndex(([first, last]) => first <= start && end <= last) + 1;
  const wrong = (reason) => ({ outcome: WRONG, spans: [], reason: `${place} ${reason}` });
  if (digest(words) !== passage.sha256) return wrong("has another sha256");
  if (codePoints(match).length - 1 !== passage.match.length || digest(match) !== passage.match.sha256) {
    return wrong("has another match when normalised");
  }
  if (insideWord(text, start) || insideWord(text, end)) return wrong("begins or ends inside a word");
  if (number !== passage.paragraph) return wrong(`is in paragraph ${number || "None"}`);
  return { outcome: PROVED, spans: [[start, end]], reason: "" };
}

export const failed = ({ outcome }) => outcome === WRONG || outcome === NOT_FOUND;
export const share = (proofs) => (proofs.length ? 1 - proofs.filter(failed).length / proofs.length : 0);

// What becomes of the anchors of the sources in one text: of every source that it is the very text of; else of the one
// whose anchors are in it most. A source has `id`, `sha256` and `passages`.
export async function prove(sources, text, sha256) {
  const same = sources.filter((source) => source.sha256 === sha256);
  if (same.length) {
    const [starts, runs] = [codePoints(text), paragraphs(text)];
    return same.map((source) => ({
      source,
      identical: true,
      proofs: source.passages.map((passage) => ({ passage, ...proved(passage, text, starts, runs) })),
    }));
  }
  const copy = searchable(text);
  const found = await search(copy, sources.flatMap((source) => source.passages));
  const tried = sources.map((source) => ({
    source,
    identical: false,
    proofs: source.passages.map((passage) => ({ passage, ...searched(passage, copy, found) })),
  }));
  const best = tried.reduce((most, each) => (share(each.proofs) > share(most?.proofs ?? []) ? each : most), null);
  return best ? [best] : [];
}
