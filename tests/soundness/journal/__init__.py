"""The journal and the builds that go with it."""
