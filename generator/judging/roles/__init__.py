"""Paths are roles: who may change which file, and whose approval that takes.

policy      schema/aturan/peran.yaml -> Policy, or findings that say what in it is not understood
people      instansi.yaml and the members of teams -> who holds which role where
needs       one changed file -> the roles of which one may change it so
judgement   a proposal -> findings, one per fault
owners      policy and people -> CODEOWNERS
"""
