"""The headers that every answer of the public site carries, on 200, 404, 405, 413 and 500 alike."""

from __future__ import annotations

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""Also in a meta tag of each page, so that it holds from ``file://`` (see docs/decisions/0006-page-policy.md)."""

HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY + "; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
        "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), web-share=(), "
        "xr-spatial-tracking=()"
    ),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noarchive",
}
"""Nothing of ours stays in a cache, nothing of the reader leaves with a link."""
