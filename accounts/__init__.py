"""People, their roles, sign-in and its sessions."""
