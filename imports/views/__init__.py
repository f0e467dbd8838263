"""The screens of an import. All stand within the Django admin, which `imports.admin` gives their addresses."""
