"""`mailflow replay`: kept messages and recorded cases, decided once more by today's rules or by rules not yet in force. Changes nothing."""
