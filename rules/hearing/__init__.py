"""Hearing what people mean: concepts instead of phrases, each in its clause, with what turns its meaning round."""
