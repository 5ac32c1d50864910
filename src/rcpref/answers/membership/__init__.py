"""Membership: evidence, how far it reaches, the rules, the words, and the answers by them."""
