"""The one way a TLS connection is made here: the certificate verified, the host name compared, TLS 1.2 at least (RFC 9325)."""

import ssl
from pathlib import Path

from mailflow.errors import ConfigurationError


def client_context(ca_file: Path | None, key: str = "[mailbox] ca_file") -> ssl.SSLContext:
    """A verifying client context; `ca_file` (PEM) replaces the system's authorities; `key` names it in the error."""
    try:
        context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            f"{key} = {ca_file} cannot be read as PEM certificates ({type(error).__name__}); "
            "give the file of the authority that issued the mail server's certificate"
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def refusal(error: ssl.SSLError, server: str, section: str = "[mailbox]") -> tuple[str, str]:
    """Why a TLS handshake with `server` failed, and the administrator's next step."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"TLS with {server} failed ({error.reason or 'handshake'})",
            f"check that {section} url and tls fit what the port speaks",
        )
    what = f"The certificate of {server} is not accepted: {error.verify_message.rstrip('.')}"
    step = (
        f"renew the server's certificate, use the host name it was issued for in {section} url, "
        f"or name the authority that issued it in {section} ca_file"
    )
    return what, step
