"""Every sentence a user can read about a problem, in Brazilian Portuguese."""
