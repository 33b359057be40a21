"""Time: spans, quarters, stocks and dates."""
