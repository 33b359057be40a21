"""The paths that the gate answers itself or treats specially."""

HOME, SIGN_IN, SIGN_OUT, PASSWORD = "/", "/sign-in", "/sign-out", "/password"
SECOND_FACTOR, OTHERS_OUT, MY_ACCOUNT = "/second-factor", f"{SIGN_OUT}/others", "/my-account"
LOOK, LOGO = f"{SIGN_IN}/look.css", f"{SIGN_IN}/logo.svg"
TO_PROVIDER, FROM_PROVIDER = f"{SIGN_IN}/oidc", f"{SIGN_IN}/back"
HEALTH, METRICS, STREAM = "/_stcore/health", "/_stcore/metrics", "/_stcore/stream"

OPEN = frozenset({SIGN_IN, LOOK, LOGO, TO_PROVIDER, FROM_PROVIDER, HEALTH})  # served without a session, and no others
INSIDE = ("/_stcore/", "/auth/", "/oauth2callback")  # Streamlit's own
NEEDED = ("/_stcore/host-config", "/_stcore/bidi-components/")  # those that pages fetch
MEDIA, UPLOAD = "/media/", "/_stcore/upload_file/"
STATIC = "/static/"  # scripts, styles and fonts of the libraries; no data of the county


def is_own(address: str) -> bool:
    """Return whether an address is a path on this server, so that redirecting to it is safe."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
