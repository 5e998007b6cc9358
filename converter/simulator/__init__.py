"""The embedded API and prefeitura: real HTTP on loopback, real municipal layouts."""
