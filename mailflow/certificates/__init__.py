"""The registry of certificates: what an administrator feeds it, what it answers, and the notices that a certificate expires."""
