"""Facts to decisions: the SOPs as files, and the small pure engine that reads them."""
