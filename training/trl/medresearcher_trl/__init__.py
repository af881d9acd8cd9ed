"""Gradient steps of medresearcher on TRL: rows in, a checkpoint out, and a server that answers from it.

Everything that is not a gradient or a token (collecting, filtering, rendering of tool results, scoring) is TypeScript.
"""
