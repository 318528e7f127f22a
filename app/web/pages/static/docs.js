// Draws the API reference from this service's own OpenAPI document: parameters in groups, guides beside operations, and
// a search over both. What the widget would work out from the whole document, it is given ready.
const place = document.getElementById("docs");
const box = document.getElementById("find");
const found = document.getElementById("found");
const GROUPS = {
  what: ["What", "api/filters-by-collection#filters-by-collection"],
  who: ["Who", "api/roles#roles"],
  when: ["When", "api/dates#dates"],
  where: ["Where", "api/places#places"],
  figures: ["Figures", "query-language/figures#figures"],
  words: ["Words and conditions", "query-language/words#words"],
  page: ["How to answer", "api/parameters#parameters"],
};
const SHOWN = 8; // sections of guides

const wanted = fetch(place.dataset.openapi).then((answer) => answer.json());

// The part of the document at a path, every component in its place: the widget's own resolver reads all of it for each.
function part(all, path) {
  const known = new Map();
  function component(ref, above) {
    const name = ref.split("/").pop();
    if (above.includes(ref)) return { type: "object", title: name };
    if (!known.has(ref)) {
      const made = filled(ref.slice(2).split("/").reduce((node, key) => node[key], all), [...above, ref]);
      known.set(ref, ref.includes("/schemas/") ? { title: name, ...made } : made);
    }
    return known.get(ref);
  }
  function filled(node, above) {
    if (Array.isArray(node)) return node.map((each) => filled(each, above));
    if (node === null || typeof node !== "object") return node;
    if (typeof node.$ref === "string") return component(node.$ref, above);
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key.startsWith("example") ? value : filled(value, above)]),
    );
  }
  const asked = path.reduce((node, key) => node?.[key], all);
  return asked === undefined ? null : filled(asked, []);
}

function grouped(all) {
  return (Row, system) =>
    function GroupedRow(props) {
      const { createElement: draw, Fragment } = system.React;
      const [path, method] = props.pathMethod;
      const given = all.paths[path][method].parameters;
      const at = given.findIndex((each) => each.name === props.rawParam.get("name") && each.in === props.rawParam.get("in"));
      const group = given[at]?.["x-group"];
      if (!group || given[at - 1]?.["x-group"] === group) return draw(Row, props);
      const [title, guide] = GROUPS[group];
      const link = draw("a", { href: `${place.dataset.guides}/${guide}` }, title);
      const head = draw("tr", { className: "group" }, draw("th", { colSpan: 2, scope: "rowgroup" }, link));
      return draw(Fragment, null, head, draw(Row, props));
    };
}

function listed(Operations, system) {
  return function Listed(props) {
    const { createElement: draw } = system.React;
    const some = system.specSelectors.taggedOperations().size > 0;
    return some ? draw(Operations, props) : draw("p", { role: "status" }, "No operation has these words.");
  };
}

const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
const holds = (text, asked) => asked.every((each) => text.toLowerCase().includes(each));

// The operations that have every word: in their path, name, summary, description or parameters.
function matching(tags, phrase) {
  const asked = words(phrase);
  const speaks = (each) => {
    const operation = each.get("operation");
    const names = (operation.get("parameters") ?? []).map((parameter) => parameter.get("name")).join(" ");
    const said = ["operationId", "summary", "description"].map((name) => operation.get(name)).join(" ");
    return holds(`${each.get("path")} ${said} ${names}`, asked);
  };
  return tags
    .map((tag, name) => (holds(name, asked) ? tag : tag.set("operations", tag.get("operations").filter(speaks))))
    .filter((tag) => tag.get("operations").size > 0);
}

// Opens what an address names, #/Events/list_events. The widget's own takes `_`, which our ids have, for blanks of old.
function opening(system) {
  return (hash) => {
    const [tag, operation] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
    if (!tag) return;
    const key = operation ? ["operations", tag, operation] : ["operations-tag", tag];
    const { show, scrollTo, scrollToVirtualizedOperation } = system.layoutActions;
    show(["operations-tag", tag], true);
    show(key, true);
    scrollTo(key);
    scrollToVirtualizedOperation(key);
  };
}

function draw(all) {
  const plugin = (system) => ({
    components: { FilterContainer: () => null },
    fn: { opsFilter: matching, resolveSubtree: async (_, path) => ({ spec: part(all, path), errors: [] }) },
    statePlugins: {
      layout: { wrapActions: { parseDeepLinkHash: () => opening(system) } },
      spec: { wrapActions: { parseToJson: () => () => system.specActions.updateJsonSpec(all) } },
    },
    wrapComponents: { parameterRow: grouped(all), operations: listed },
  });
  return window.SwaggerUIBundle({
    spec: all,
    domNode: place,
    plugins: [plugin],
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    displayRequestDuration: false,
    supportedSubmitMethods: ["get"],
    tryItOutEnabled: true,
    validatorUrl: null,
    syntaxHighlight: { activated: true, theme: "nord" },
  });
}

let sections = null;

async function find(widget) {
  widget.layoutActions.updateFilter(box.value.trim());
  sections ??= fetch(place.dataset.sections).then((answer) => answer.json());
  const all = await sections;
  const asked = words(box.value);
  const titled = (each) => !holds(`${each.guide} ${each.title}`, asked);
  const fit = asked.length ? all.filter((each) => holds(`${each.guide} ${each.title} ${each.words}`, asked)) : [];
  fit.sort((one, other) => titled(one) - titled(other));
  found.replaceChildren(...fit.slice(0, SHOWN).map(section));
}

function section({ page, anchor, guide, title }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${place.dataset.guides}/${page}#${anchor}`;
  link.textContent = guide === title ? guide : `${guide}: ${title}`;
  item.append(link);
  return item;
}

// Names that the widget leaves out.
function name(found, label) {
  for (const each of found) if (!each.ariaLabel) each.ariaLabel = label;
}

function complete() {
  for (const row of place.querySelectorAll("tr[data-param-name]")) {
    name(row.querySelectorAll("input, select, textarea"), row.dataset.paramName);
  }
  name(place.querySelectorAll("#servers"), "Server");
  name(place.querySelectorAll(".examples-select-element"), "Example");
  name(place.querySelectorAll("select.content-type, .content-type select"), "Media type");
  for (const each of place.querySelectorAll("pre:not([tabindex])")) each.tabIndex = 0;
}

new MutationObserver(complete).observe(place, { childList: true, subtree: true });
wanted.then((all) => {
  const widget = draw(all);
  box.parentElement.hidden = false;
  box.addEventListener("input", () => find(widget));
});
