// The proof desk: loads the anchors, closes the way out, proves them in the reader's text, and shows both side by side.
import { digest, prove } from "./anchors.js";
import { show } from "./proofs.js";
import { hash, hex } from "./sha256.js";

const MOST = 2 * 2 ** 20; // bytes of a text; `onrecord verify` takes more
const desk = document.getElementById("desk");
const fields = { file: document.getElementById("file"), paste: document.getElementById("paste") };
const button = document.getElementById("prove");
const result = document.getElementById("result");
const say = (words) => (document.getElementById("status").textContent = words);

async function get(path, parameters = {}) {
  const query = new URLSearchParams({ ...parameters, release: desk.dataset.release });
  const answer = await fetch(`${desk.dataset.root}${path}?${query}`);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

async function every(path, parameters) {
  const found = [];
  for (let cursor = {}; cursor; ) {
    const { data, page } = await get(path, { ...parameters, ...cursor, limit: 500 });
    found.push(...data);
    cursor = page.next && { cursor: page.next };
  }
  return found;
}

// The sources with their passages in the order of the text, each passage with its number and the claims that cite it.
async function load() {
  const ids = desk.dataset.sources;
  const claims = await every("/claims", { source: ids, pinned: "true" });
  return Promise.all((await every("/sources", { id: ids })).map((source) => withPassages(source, claims)));
}

async function withPassages(source, claims) {
  const pinned = claims.flatMap((claim) => claim.evidence.map((evidence) => ({ ...evidence, claim })));
  const passages = pinned.filter((each) => each.pinned && each.source.id === source.id);
  passages.sort((one, other) => one.start - other.start || one.end - other.end);
  passages.forEach((each, i) => {
    const before = passages[i - 1];
    each.number = !before ? 1 : before.number + (before.start !== each.start || before.end !== each.end);
  });
  const furniture = source.coverage?.furniture ? (await get(`/sources/${source.id}/coverage`)).data.passages : [];
  return { ...source, passages, furniture: furniture.filter((each) => each.status === "furniture") };
}

// From here on the browser itself refuses whatever this page would send. It asks for the icon again where a link leads to
// another part of the page, so that is kept.
async function close() {
  const icon = document.querySelector("link[rel=icon]");
  icon.href = `data:image/svg+xml,${encodeURIComponent(await (await fetch(icon.href)).text())}`;
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'";
  document.head.append(policy);
}

async function proveText(text, sha256, sources) {
  say("Proving …");
  result.hidden = true;
  await new Promise((done) => setTimeout(done));
  const began = performance.now();
  const found = await prove(sources, text, sha256);
  const took = Math.round(performance.now() - began);
  show(result, found, { text, sources, root: desk.dataset.root });
  say(`Done in ${took} milliseconds, and nothing was sent.`);
}

async function proveFile(file, sources) {
  if (file.size > MOST) return say("This file is too large for a page. Use the command onrecord verify.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    await proveText(text, hex(hash(bytes)), sources);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say("This file is no plain text in UTF-8. Save it as one, or open it and paste the text.");
  }
}

function listen(sources) {
  fields.file.addEventListener("change", () => fields.file.files[0] && proveFile(fields.file.files[0], sources));
  button.addEventListener("click", () => {
    const text = fields.paste.value;
    if (text.trim()) proveText(text, digest(text), sources);
    else say("Paste a text first.");
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) proveFile(event.dataTransfer.files[0], sources);
  });
}

async function begin() {
  desk.hidden = false;
  say("Loading the anchors …");
  try {
    const sources = await load();
    await close();
    listen(sources);
    for (const each of [...Object.values(fields), button]) each.disabled = false;
    const passages = sources.reduce((sum, each) => sum + each.passages.length, 0);
    say(`Ready: ${passages} anchors are loaded, and this page sends nothing more.`);
  } catch (error) {
    say(`The anchors cannot be loaded: ${error.message}. Load this page again later.`);
  }
}

begin();
