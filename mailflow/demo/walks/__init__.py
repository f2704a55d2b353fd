"""The five services, each walked from its first mail to its closing; the order is that of the calendar."""

from mailflow.demo.walks import complaint, data_change, passphrase_loss, renewal, revocation
from mailflow.demo.walks.walk import Walk

WALKS: tuple[Walk, ...] = (
    passphrase_loss.WALK,
    data_change.WALK,
    revocation.WALK,
    renewal.WALK,
    complaint.WALK,
)
