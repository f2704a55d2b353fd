"""What the sample letters about expiring certificates say, besides the holder's own notice: to the unit's contact, to officers."""

from typing import Any

from mailflow.outbox.sample_facts import both

CERTIFICATES: dict[str, dict[str, Any]] = {
    "unit-certificate-expiring": {
        "ticket": "",
        "name": "",
        "holder": "Ahmad Fauzi",
        "said": {"serial": ("9A07",), "days": ("7",), "expires": ("2026-03-24T09:30:00+07:00",)},
    },
    "officer-certificate-undeliverable": {
        "ticket": "",
        "name": "Rina Wulandari",
        "holder": "Ahmad Fauzi",
        "rows": (
            ("", ""),
            (both("Pemegang", "Holder"), "Ahmad Fauzi"),
            ("NIP", "19790203 200312 1 003"),
            (both("Alamat tujuan", "Address"), "ahmad.fauzi@contohkota.go.id"),
            (both("Berakhir", "Expires"), both("24 April 2026", "24 April 2026")),
        ),
        "said": {"reason": ("5.1.1 mailbox does not exist",)},
    },
}
