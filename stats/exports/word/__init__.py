"""Word: papers as documents, and the templates that people fill."""
