"""A name server on loopback that answers TXT questions from a table, and a domain that signs its mail (DKIM, RFC 6376)."""

import base64
import socketserver
import threading

import dkim
import dns.flags
import dns.message
import dns.rdatatype
import dns.rrset
from cryptography.hazmat.primitives import serialization

from tests.support.requests import rsa_key

FROM_AND_SUBJECT = [b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to"]


class NameServer:
    """`with` starts and ends it; `records` maps names to TXT records; `asked` counts the questions.

    `place`: another address than a free port of this machine's; filters ask at port 53 alone.
    """

    def __init__(self, records, place=("127.0.0.1", 0)):
        self.records, self.asked = dict(records), []
        outer = self

        class Answer(socketserver.BaseRequestHandler):
            def handle(self):
                data, socket = self.request
                question = dns.message.from_wire(data)
                name = question.question[0].name
                outer.asked.append(name.to_text(omit_final_dot=True))
                answer = dns.message.make_response(question)
                answer.flags |= dns.flags.RA
                text = outer.records.get(outer.asked[-1])
                if text is None:
                    answer.set_rcode(3)
                elif question.question[0].rdtype == dns.rdatatype.TXT:
                    pieces = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
                    answer.answer.append(dns.rrset.from_text(name, 300, "IN", "TXT", pieces))
                socket.sendto(answer.to_wire(), self.client_address)

        self._server = socketserver.ThreadingUDPServer(place, Answer)
        self.address = f"{place[0]}:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class Signer:
    """A domain with a key of its own; `record` is what its DNS says."""

    def __init__(self, domain, selector="s1", *, key=31, flags=""):
        self.domain, self.selector = domain, selector
        private = rsa_key(number=key)
        self._pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        public = private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.name = f"{selector}._domainkey.{domain}"
        self.record = f"v=DKIM1; k=rsa; {flags}p={base64.b64encode(public).decode()}"

    def signs(self, raw, *, covered=None, **options):
        """Return the message with its signature on top."""
        names = covered or [name for name in FROM_AND_SUBJECT if b"\n" + name + b":" in b"\n" + raw.lower()]
        signature = dkim.sign(
            raw, self.selector.encode(), self.domain.encode(), self._pem, include_headers=names, **options
        )
        return signature + raw
