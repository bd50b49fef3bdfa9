"""The tests. Each rule of the specification is named by the test that fails when it is broken."""
