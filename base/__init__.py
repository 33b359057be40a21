"""Base: what all packages use and that uses none of them: errors, settings, periods, number formats."""
