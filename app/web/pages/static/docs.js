// Draws the API reference from this service's own OpenAPI document, and gives the widget the names that it leaves out.
const place = document.getElementById("docs");

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
window.SwaggerUIBundle({
  url: place.dataset.openapi,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: false,
  supportedSubmitMethods: ["get"],
  tryItOutEnabled: true,
  validatorUrl: null,
  syntaxHighlight: { activated: true, theme: "nord" },
});
