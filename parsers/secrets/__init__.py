"""Private keys and passphrases that people send by mistake: found wherever they hide, and cut out.

Whoever sends a private key has lost it: the key counts as compromised. It must not be kept, attached, forwarded or logged.
"""

from parsers.secrets.find import Kind, Secret, find_secrets, redact
from parsers.secrets.spoken import without_spoken

__all__ = ["Kind", "Secret", "find_secrets", "redact", "without_spoken"]
