"""Commands that look after a store: rebuild, upgrade, back up, restore, audit, freeze, delete what is overdue."""
