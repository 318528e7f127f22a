"""What every page for people is sent with: nothing is loaded from elsewhere, nothing inline runs."""

from app.web.api.conditional import VARY

# The widget of the API reference draws small pictures as data: URLs.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SEARCHING = CONTENT_SECURITY_POLICY.replace("form-action 'none'", "form-action 'self'")  # of a page with a form
RENEWED_AFTER = "public, max-age=300"  # five minutes: pages change with their templates too, pinned ones as well


def page_headers(policy: str = CONTENT_SECURITY_POLICY) -> dict[str, str]:
    """The headers of a page."""
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": RENEWED_AFTER,
        "Vary": VARY,
    }
