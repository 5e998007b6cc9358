"""Every sentence a user can read, in Brazilian Portuguese."""
