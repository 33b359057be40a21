"""What all pages share: filters, addresses, roles, faults."""
