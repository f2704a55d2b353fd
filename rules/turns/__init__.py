"""The few moves a case can make, one file per party: rows, promise, applicant, evidence, officer, clock, aside, afterwards."""
